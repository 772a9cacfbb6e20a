package dev.cortado.runtime.file.fuse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.folder.HostileContract;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.folder.Transport;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Servers of virtiofs that lie. */
@Timeout(600)
final class LyingServerTest extends HostileContract {
    private static final int SLOT_BYTES = 16 << 10;
    private static final int LEAST_MESSAGES = 20_000;

    private final FileSystem files = new TmpFileSystem(1 << 24, 1 << 12, () -> 1);
    private final TmpServer honest = new TmpServer(files);

    @BeforeEach
    void fill() throws FileException {
        Inode directory = files.makeDirectory(files.root(), FileName.of("d"), 0700);
        files.makeDirectory(directory, FileName.of("e"), 0700);
        Inode file = files.create(directory, FileName.of("f"), 0600);
        files.write(file, 0, ByteBuffer.allocate(20_000));
        files.makeSymbolicLink(files.root(), FileName.of("l"), "d".getBytes());
    }

    @Override
    protected Protocol protocol() {
        return new Fuse();
    }

    @Override
    protected Transport hostile(Random random) {
        return new ServerTransport(new LyingServer(honest::answer, random), SLOT_BYTES);
    }

    @AfterEach
    void manyWereSent() {
        assertTrue(honest.requests() > LEAST_MESSAGES, honest.requests() + " messages");
    }
}
