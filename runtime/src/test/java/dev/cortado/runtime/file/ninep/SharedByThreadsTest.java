package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.folder.ThreadsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Fids of several threads. */
@EnabledOnOs(OS.LINUX)
final class SharedByThreadsTest extends ThreadsContract {
    private static final int MESSAGE = 8192;

    @TempDir Path folder;

    private volatile FolderServer server;

    @Override
    protected Protocol protocol() {
        return new Ninep();
    }

    @Override
    protected ServerTransport serve() {
        server = new FolderServer(folder, MESSAGE, false, null);
        return new ServerTransport(server::answer, MESSAGE);
    }

    @Override
    protected int given() {
        return server.fids();
    }
}
