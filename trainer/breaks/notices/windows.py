"""A notice on Windows: a toast, which Windows PowerShell can show without anything being installed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from trainer.breaks.notices import programs
from trainer.breaks.notices.notice import Notice
from trainer.breaks.seat import seated, why_unseen

_TITLE, _BODY = "TRAINER_NOTICE_TITLE", "TRAINER_NOTICE_BODY"
_SCRIPT = f"""
$ErrorActionPreference = 'Stop'
$manager = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$kind = [Windows.UI.Notifications.ToastTemplateType]::ToastText02
$page = [xml] $manager::GetTemplateContent($kind).GetXml()
$texts = $page.GetElementsByTagName('text')
[void] $texts.Item(0).AppendChild($page.CreateTextNode($env:{_TITLE}))
[void] $texts.Item(1).AppendChild($page.CreateTextNode($env:{_BODY}))
$document = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument, ContentType = WindowsRuntime]::new()
$document.LoadXml($page.OuterXml)
$toast = [Windows.UI.Notifications.ToastNotification]::new($document)
$toast.Tag = 'break'
$toast.Group = 'trainer'
$toast.ExpirationTime = [DateTimeOffset]::Now.AddHours(1)
$shell = '{{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}}\\WindowsPowerShell\\v1.0\\powershell.exe'
$manager::CreateToastNotifier($shell).Show($toast)
"""
"""Fixed: the text comes in by variables. A toast of the same tag and group takes the place of the last."""


class Windows:
    """Hands the text to the script in its environment; nothing of it becomes part of the script."""

    name = "desktop"

    def __init__(self, environ: Mapping[str, str], timeout_s: float = 1.0) -> None:
        self._environ = environ
        self._timeout_s = timeout_s
        self._running: subprocess.Popen[bytes] | None = None
        self._hangs = False

    def why_not(self) -> str:
        """See `Way`."""
        if self._hangs:
            return "PowerShell did not come to an end"
        return why_unseen(seated(self._environ)) or ("" if self._program() else "Windows PowerShell was not found")

    def how(self) -> str:
        """See `Way`."""
        return "Windows PowerShell"

    def send(self, notice: Notice) -> bool:
        """See `Way`. PowerShell may take seconds to start: after one, the notice counts as on its way.

        Where it has not come to an end by the next notice, it hangs, and this way is not used again.
        """
        if self._running is not None:
            if programs.ended(self._running, 0) is None:
                programs.kill(self._running)
                self._hangs = True
            self._running = None
        program = self._program()
        if program is None or self.why_not():
            return False
        said = notice.cleaned()
        environ = {**self._environ, _TITLE: said.title, _BODY: said.body}
        command = [program, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", _SCRIPT]
        process = programs.start(command, environ)
        if process is None:
            return False
        status = programs.ended(process, self._timeout_s)
        if status is None:
            self._running = process
        return status in (None, 0)

    def withdraw(self) -> None:
        """See `Way`: starting PowerShell again would cost more than it is worth; the toast ends after an hour."""

    def _program(self) -> str | None:
        return programs.find("powershell.exe", self._environ) or programs.find("powershell", self._environ)
