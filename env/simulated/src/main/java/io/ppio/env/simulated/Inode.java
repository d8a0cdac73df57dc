package io.ppio.env.simulated;

/// What a name in a folder stands for.
sealed interface Inode extends Unforced permits FileNode, FolderNode, StoreNode {}
