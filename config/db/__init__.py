"""What models of both apps share: text, names, trees, publication, constraints, snapshots.

`publication` is where to begin reading. It imports no other room.
"""
