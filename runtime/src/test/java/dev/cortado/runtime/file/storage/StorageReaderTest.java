package dev.cortado.runtime.file.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageReaderTest {
    /** Of sectors and of disks of odd sizes. */
    @ParameterizedTest
    @CsvSource({"512, 200000", "4096, 200000", "512, 512", "65536, 400000"})
    void bytesAreThoseOfTheDisk(int sectorBytes, int bytes) throws Exception {
        Random random = new Random(4);
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        int whole = bytes / sectorBytes * sectorBytes;
        StorageReader reader =
                new StorageReader(new ByteStorage("vda", content, sectorBytes), 40_000);
        assertEquals(whole, reader.bytes());
        for (int i = 0; i < 1000; i++) {
            int position = random.nextInt(whole);
            int length = random.nextInt(i % 2 == 0 ? 100 : 100_000) % (whole - position + 1);
            byte[] expected = Arrays.copyOfRange(content, position, position + length);
            assertArrayEquals(expected, reader.bytes(position, length));
        }
        byte[] last = {content[whole - 1]};
        assertArrayEquals(last, reader.bytes(whole - 1, 1));
        FileException e = Fails.with(Errno.EUCLEAN, () -> reader.bytes(whole - 1, 2));
        assertEquals(
                "vda: 2 bytes at " + (whole - 1) + " are not inside of its " + whole, e.path());
        Fails.with(Errno.EUCLEAN, () -> reader.read(-1, ByteBuffer.allocate(1)));
        Fails.with(Errno.EUCLEAN, () -> reader.read(Long.MAX_VALUE, ByteBuffer.allocate(9)));
    }
}
