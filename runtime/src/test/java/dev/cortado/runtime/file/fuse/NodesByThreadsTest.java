package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.folder.ThreadsContract;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;

/** Nodes of several threads, which are forgotten as often as they were named. */
final class NodesByThreadsTest extends ThreadsContract {
    private static final int SLOT_BYTES = 16 << 10;

    private final FileSystem files = new TmpFileSystem(1 << 26, 1 << 12, () -> 1);
    private volatile TmpServer server;

    @Override
    protected Protocol protocol() {
        return new Fuse();
    }

    @Override
    protected ServerTransport serve() {
        server = new TmpServer(files);
        return new ServerTransport(server::answer, SLOT_BYTES);
    }

    @Override
    protected int given() {
        return server.given();
    }
}
