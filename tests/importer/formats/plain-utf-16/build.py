def build() -> bytes:
    """Return a text in an encoding that nothing names."""
    return "试办措施\n一、多开窗口。\n牵头单位：市便民局\n".encode("utf-16")
