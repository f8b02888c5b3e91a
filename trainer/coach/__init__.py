"""What is wise: rules of pain and care, each answer with its reason. Pure."""
