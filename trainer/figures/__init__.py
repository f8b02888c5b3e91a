"""What is seen moving: poses, the skeleton that takes them, and the cells that show it.

Everything here is pure but `reading`, which finds and reads pose files. 100 units are the body's height; angles are in
degrees. World: x to the right, y up, z towards the viewer; the floor is y = 0.
"""
