package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.folder.FolderContract;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.Server;
import dev.cortado.runtime.file.folder.ServerTransport;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;

/** By way of diod. Skipped where it is not installed. */
final class DiodTest extends FolderContract {
    private static final int SLOT_BYTES = 1 << 16;

    private Diod server;

    @Override
    protected Protocol protocol() {
        return new Ninep();
    }

    @Override
    protected Server serve(Path shared) throws Exception {
        Assumptions.assumeTrue(Diod.isThere(), "Debian's package diod is not installed");
        server = new Diod(shared);
        return () -> new ServerTransport(server::answer, SLOT_BYTES);
    }

    @Override
    protected boolean movesNames() {
        return false;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }
}
