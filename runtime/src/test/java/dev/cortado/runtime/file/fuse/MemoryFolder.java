package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;

/** A new folder in memory by way of an honest server. */
public final class MemoryFolder {
    private static final int SLOT_BYTES = 1 << 16;

    private MemoryFolder() {}

    /**
     * @param bytes that it can have
     */
    public static FileSystem mount(long bytes) {
        TmpServer server = new TmpServer(new TmpFileSystem(bytes, 1 << 16, () -> 1));
        try {
            return FolderFileSystem.mount(
                    new Fuse(),
                    () -> new ServerTransport(server::answer, SLOT_BYTES),
                    Patience.USUAL,
                    false,
                    problem -> {});
        } catch (FileException e) {
            throw new AssertionError(e);
        }
    }
}
