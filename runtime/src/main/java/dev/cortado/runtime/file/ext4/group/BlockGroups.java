package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.storage.transaction.MetadataStore;

/** The descriptors and bitmaps of a file system's block groups. */
public final class BlockGroups {
    public BlockGroups(MetadataStore store) {}
}
