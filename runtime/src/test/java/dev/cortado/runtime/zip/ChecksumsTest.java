package dev.cortado.runtime.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
    @Test
    void sumsUpAsTheJdkDoes() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            CRC32 crc = new CRC32();
            Adler32 adler = new Adler32();
            int ourCrc = 0;
            int ourAdler = Checksums.ADLER32_START;
            for (int part = 0; part < 3; part++) {
                byte[] bytes = new byte[random.nextInt(20_000)];
                if (random.nextBoolean()) {
                    java.util.Arrays.fill(bytes, (byte) -1);
                } else {
                    random.nextBytes(bytes);
                }
                int offset = random.nextInt(bytes.length + 1);
                int length = random.nextInt(bytes.length - offset + 1);
                crc.update(bytes, offset, length);
                adler.update(bytes, offset, length);
                ourCrc = Checksums.crc32(ourCrc, bytes, offset, length);
                ourAdler = Checksums.adler32(ourAdler, bytes, offset, length);
            }
            assertEquals((int) crc.getValue(), ourCrc);
            assertEquals((int) adler.getValue(), ourAdler);
        }
    }

    @Test
    void theCrcOfNineDigitsIsTheOneInTheBooks() {
        byte[] digits = "123456789".getBytes();
        assertEquals(0xCBF43926, Checksums.crc32(0, digits, 0, digits.length));
    }
}
