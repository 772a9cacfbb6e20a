package dev.cortado.runtime.file.ext4.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryListTest {
    private static final long INODES = 1000;

    private static DirectoryFormat format(int blockBytes, boolean hasKinds) {
        return new DirectoryFormat(
                blockBytes, hasKinds, false, true, 1, INODES, 1, false, new int[4]);
    }

    private static EntryList list(int blockBytes, boolean hasKinds) {
        ByteBuffer bytes = ByteBuffer.allocate(blockBytes).order(ByteOrder.LITTLE_ENDIAN);
        EntryList list = new EntryList(format(blockBytes, hasKinds), bytes, 0, blockBytes, 12, 34);
        list.clear();
        return list;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(EntryList list, int from, int count) {
        byte[] bytes = new byte[count];
        list.bytes().get(from, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Byte by byte as the kernel's document says. */
    @Test
    void isAsTheDocumentSays() throws FileException {
        EntryList list = list(1024, true);
        assertEquals("0000000000040000", hex(list, 0, 8));
        list.insertDots(11, 2);
        assertEquals("0b0000000c0001022e000000" + "02000000f40302022e2e0000", hex(list, 0, 24));
        int room = list.findRoom(EntryList.needed(5));
        assertEquals(12, room);
        assertEquals(24, list.insert(room, text("hello"), 300, FileKind.SYMBOLIC_LINK));
        assertEquals(
                "020000000c0002022e2e0000" + "2c010000e803050768656c6c6f000000", hex(list, 12, 28));
        assertEquals(24, list.find(text("hello")));
        assertEquals(-1, list.find(text("hell")));
        list.remove(24);
        assertEquals("02000000f40302022e2e0000", hex(list, 12, 12));
        assertFalse(list.hasFiles());
    }

    @Test
    void theFirstIsRemovedInPlace() throws FileException {
        EntryList list = list(1024, true);
        list.insert(0, text("first"), 5, FileKind.REGULAR);
        list.insert(0, text("second"), 6, FileKind.REGULAR);
        list.remove(0);
        assertEquals(-1, list.find(text("first")));
        assertEquals(16, list.find(text("second")));
        assertEquals(0, list.findRoom(16));
    }

    /** What is in the kind's place means nothing then. */
    @Test
    void withoutKindsNoneIsGiven() throws FileException {
        EntryList list = list(1024, false);
        list.insert(0, text("name"), 5, FileKind.REGULAR);
        assertEquals("05000000000404006e616d65", hex(list, 0, 12));
        list.bytes().put(7, (byte) 1);
        assertEquals(0, list.find(text("name")));
        assertNull(list.kind(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65535})
    void aWholeBlockOf64Kibibytes(int length) throws FileException {
        EntryList list = list(65536, true);
        assertEquals("00000000ffff0000", hex(list, 0, 8));
        list.bytes().putShort(4, (short) length);
        assertEquals(65536, list.next(0));
        list.insert(0, text("name"), 5, FileKind.REGULAR);
        assertEquals(65536, list.next(0));
        assertEquals(0, list.find(text("name")));
        list.insert(0, text("next"), 6, FileKind.REGULAR);
        assertEquals("0500000" + "00c0004016e616d65", hex(list, 0, 12));
        assertEquals(12, list.find(text("next")));
        assertEquals(65536, list.next(12));
        list.remove(12);
        assertEquals(65536, list.next(0));
    }

    /** At an offset of the second entry, of 16 bytes, that is followed by a third. */
    @ParameterizedTest
    @CsvSource({
        "4, 2, 0",
        "4, 2, 8",
        "4, 2, 14",
        "4, 2, 2000",
        "4, 2, 1012",
        "4, 2, 65535",
        "6, 1, 0",
        "6, 1, 9",
        "6, 1, 255",
        "0, 4, 1001",
        "0, 4, -1"
    })
    void damageIsFound(int field, int bytes, int value) throws FileException {
        EntryList list = list(1024, true);
        list.insert(0, text("first"), 5, FileKind.REGULAR);
        list.insert(0, text("second"), 6, FileKind.REGULAR);
        list.insert(16, text("third"), 7, FileKind.REGULAR);
        assertEquals(32, list.find(text("third")));
        switch (bytes) {
            case 1 -> list.bytes().put(16 + field, (byte) value);
            case 2 -> list.bytes().putShort(16 + field, (short) value);
            default -> list.bytes().putInt(16 + field, value);
        }
        DamageException e = assertThrows(DamageException.class, () -> list.find(text("third")));
        assertEquals(12, e.inode());
        assertEquals(34, e.block());
        assertTrue(e.getMessage().contains("entry at 16"), e.getMessage());
        assertThrows(DamageException.class, () -> list.findRoom(500));
        assertThrows(DamageException.class, list::last);
    }

    @Test
    void whatIsNoNameIsFound() throws FileException {
        EntryList list = list(1024, true);
        list.insert(0, text("a/b"), 5, FileKind.REGULAR);
        assertThrows(DamageException.class, () -> list.fileName(0));
        list.bytes().put(9, (byte) 0);
        assertThrows(DamageException.class, () -> list.fileName(0));
        list.bytes().put(9, (byte) '.');
        assertArrayEquals(text("a.b"), list.fileName(0).bytes());
    }

    @Test
    void itsChecksumIsKeptUpWithWhatIsDone() throws FileException {
        DirectoryFormat format =
                new DirectoryFormat(1024, true, true, true, 1, INODES, 1, false, new int[4]);
        ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        EntryList made = new EntryList(format, bytes, 0, 1012, 12, 34);
        made.clear();
        assertTrue(made.isCleared());
        made.insertDots(11, 2);
        int checksum = Crc32c.update(7, bytes, 0, 1012);
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            EntryList list = new EntryList(format, bytes, 0, 1012, 12, 34);
            byte[] name = text("name".repeat(1 + random.nextInt(3)) + random.nextInt(60));
            int found = list.find(name);
            int room = list.findRoom(EntryList.needed(name.length));
            if (found < 0 && room >= 0) {
                list.insert(room, name, 1 + random.nextInt(900), FileKind.REGULAR);
            } else if (found >= 0 && random.nextBoolean()) {
                list.setInode(found, 1 + random.nextInt(900), FileKind.DIRECTORY);
            } else if (found >= 0) {
                list.remove(found);
            }
            assertFalse(list.isCleared());
            checksum ^= list.checksumChange();
            assertEquals(Crc32c.update(7, bytes, 0, 1012), checksum, "step " + i);
        }
    }
}
