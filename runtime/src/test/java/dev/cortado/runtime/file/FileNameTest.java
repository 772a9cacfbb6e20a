package dev.cortado.runtime.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FileNameTest {
    @Test
    void refusesWhatIsNoName() {
        for (String text : new String[] {"", ".", "..", "a/b", "/", "a\0", "\0"}) {
            Fails.with(Errno.EINVAL, () -> FileName.of(text));
        }
        Fails.with(Errno.ENAMETOOLONG, () -> FileName.of("n".repeat(256)));
        Fails.with(Errno.ENAMETOOLONG, () -> FileName.of("é".repeat(128)));
    }

    @Test
    void keepsBytesThatAreNoText() throws FileException {
        byte[] bytes = {(byte) 0xff, (byte) 0xc0, 'a'};
        FileName name = FileName.of(bytes, 0, 3);
        bytes[2] = 'b';
        assertArrayEquals(new byte[] {(byte) 0xff, (byte) 0xc0, 'a'}, name.bytes());
        assertNotEquals(name, FileName.of(bytes, 0, 3));
        assertEquals(name, FileName.of(name.bytes(), 0, 3));
        assertEquals(255, FileName.of("n".repeat(255)).length());
        assertEquals("...", FileName.of("...").toString());
    }

    @Test
    void isOrderedByUnsignedBytes() throws FileException {
        FileName high = FileName.of(new byte[] {(byte) 0x80}, 0, 1);
        assertTrue(FileName.of("z").compareTo(high) < 0);
        assertTrue(FileName.of("a").compareTo(FileName.of("ab")) < 0);
    }
}
