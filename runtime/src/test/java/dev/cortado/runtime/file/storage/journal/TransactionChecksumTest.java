package dev.cortado.runtime.file.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TransactionChecksumTest {
    /** The check value of CRC-32/MPEG-2, which is this one (Williams, "A Painless Guide"). */
    @Test
    void ofTheDigits() {
        TransactionChecksum checksum = new TransactionChecksum();
        checksum.update(ByteBuffer.wrap("1234".getBytes(StandardCharsets.US_ASCII)));
        checksum.update(ByteBuffer.wrap("56789".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(0x0376E6E7, checksum.value());
    }
}
