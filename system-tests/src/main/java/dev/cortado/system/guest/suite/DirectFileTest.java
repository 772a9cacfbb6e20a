package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files past the cache: what the JDK lets through, and that it is where others find it. */
class DirectFileTest {
    private static final int BLOCKS = 5;

    private Path file;
    private FileChannel channel;
    private int blockBytes;

    @BeforeEach
    void open() throws IOException {
        file = Files.createTempFile("direct", null);
        blockBytes = (int) Files.getFileStore(file).getBlockSize();
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            ExtendedOpenOption.DIRECT);
        } catch (IOException e) {
            Files.delete(file);
            Assumptions.abort("Linux refuses it in this directory: " + e);
        }
    }

    @AfterEach
    void delete() throws IOException {
        channel.close();
        Files.delete(file);
    }

    private ByteBuffer blocks(int count) {
        return ByteBuffer.allocateDirect((count + 1) * blockBytes)
                .alignedSlice(blockBytes)
                .limit(count * blockBytes);
    }

    @Test
    void whatIsWrittenIsFoundByOthersAndReadAgain() throws IOException {
        byte[] bytes = new byte[BLOCKS * blockBytes];
        new Random(1).nextBytes(bytes);
        ByteBuffer from = blocks(BLOCKS).put(bytes).flip();
        assertEquals(bytes.length, channel.write(from));
        assertArrayEquals(bytes, Files.readAllBytes(file));
        ByteBuffer to = blocks(BLOCKS);
        assertEquals(bytes.length - blockBytes, channel.read(to, blockBytes));
        assertEquals(bytes[blockBytes], to.get(0));
    }

    @Test
    void whatOthersWriteIsReadAndTheLastBlockMayBeShort() throws IOException {
        byte[] bytes = new byte[2 * blockBytes + 100];
        new Random(2).nextBytes(bytes);
        Files.write(file, bytes);
        ByteBuffer to = blocks(BLOCKS);
        assertEquals(bytes.length, channel.read(to));
        byte[] read = new byte[bytes.length];
        to.get(0, read);
        assertArrayEquals(bytes, read);
        assertEquals(-1, channel.read(blocks(1), 3L * blockBytes));
    }

    @Test
    void whatIsNoWholeBlockIsRefused() {
        assertThrows(IOException.class, () -> channel.read(blocks(1).limit(100)));
        assertThrows(IOException.class, () -> channel.write(blocks(1).limit(100)));
        assertThrows(IOException.class, () -> channel.read(blocks(1), 100));
        assertThrows(IOException.class, () -> channel.write(blocks(1), blockBytes + 1));
        ByteBuffer askew = blocks(2).position(1).limit(1 + blockBytes);
        assertThrows(IOException.class, () -> channel.read(askew));
    }
}
