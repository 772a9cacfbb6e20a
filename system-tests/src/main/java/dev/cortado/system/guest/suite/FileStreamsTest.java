package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** {@code java.io}'s files. */
final class FileStreamsTest extends InDirectory {
    private File file(String name) {
        return path(name).toFile();
    }

    @Test
    void bytesComeAsTheyWent() throws IOException {
        byte[] bytes = new byte[200_000];
        new Random(3).nextBytes(bytes);
        try (FileOutputStream out = new FileOutputStream(file("a"))) {
            out.write(bytes[0]);
            out.write(bytes, 1, 99_999);
            out.write(Arrays.copyOfRange(bytes, 100_000, bytes.length));
            out.getFD().sync();
        }
        try (FileInputStream in = new FileInputStream(file("a"))) {
            assertEquals(bytes.length, in.available());
            assertEquals(bytes[0] & 0xff, in.read());
            assertEquals(bytes.length - 1, in.available());
            assertArrayEquals(Arrays.copyOfRange(bytes, 1, bytes.length), in.readAllBytes());
            assertEquals(-1, in.read());
            assertEquals(0, in.available());
            assertEquals(0, in.read(new byte[0]));
        }
    }

    @Test
    void skippingGoesBeyondTheEndAndBack() throws IOException {
        file("a", "0123456789");
        try (FileInputStream in = new FileInputStream(file("a"))) {
            assertEquals(4, in.skip(4));
            assertEquals('4', in.read());
            assertEquals(-5, in.skip(-5));
            assertEquals('0', in.read());
            assertEquals(100, in.skip(100));
            assertEquals(-1, in.read());
            assertEquals(0, in.available());
            assertThrows(IOException.class, () -> in.skip(-1000));
        }
    }

    @Test
    void appendingGoesToTheEndWhoeverElseWrites() throws IOException {
        file("a", "1");
        try (FileOutputStream one = new FileOutputStream(file("a"), true);
                FileOutputStream two = new FileOutputStream(file("a"), true)) {
            one.write('2');
            two.write('3');
            one.write('4');
        }
        assertEquals("1234", Files.readString(path("a")));
        new FileOutputStream(file("a")).close();
        assertEquals(0, file("a").length());
    }

    @Test
    void charactersAreEncoded() throws IOException {
        try (FileWriter out = new FileWriter(file("a"), StandardCharsets.UTF_8)) {
            out.write("größer\n");
        }
        try (FileReader in = new FileReader(file("a"), StandardCharsets.UTF_8)) {
            assertEquals("größer\n", in.readAllAsString());
        }
        assertEquals(9, file("a").length());
    }

    @Test
    void randomAccessReadsWhatItWrote() throws IOException {
        try (RandomAccessFile random = new RandomAccessFile(file("a"), "rw")) {
            random.writeLong(0x0123456789abcdefL);
            random.writeUTF("text");
            assertEquals(14, random.getFilePointer());
            random.seek(4);
            assertEquals(0x89abcdef, random.readInt());
            assertEquals("text", random.readUTF());
            assertEquals(-1, random.read());
            random.seek(100);
            assertEquals(14, random.length());
            random.write(1);
            assertEquals(101, random.length());
            random.seek(50);
            assertEquals(0, random.read());
            random.setLength(20);
            assertEquals(20, random.getFilePointer());
            random.setLength(30);
            assertEquals(20, random.getFilePointer());
            assertEquals(30, random.length());
        }
        try (RandomAccessFile random = new RandomAccessFile(file("a"), "rws")) {
            assertEquals(30, random.length());
            random.write(new byte[] {1, 2, 3});
        }
    }

    @Test
    void filesAnswer() throws IOException {
        File file = file("a");
        assertFalse(file.exists());
        assertEquals(0, file.length());
        assertTrue(file.createNewFile());
        assertTrue(file.exists() && file.isFile() && !file.isDirectory());
        assertTrue(file.canRead() && file.canWrite());
        assertTrue(file.renameTo(file("b")));
        assertFalse(file.exists());
        assertArrayEquals(new String[] {"b"}, directory().toFile().list());
        assertTrue(file("b").delete());
        assertFalse(file("b").delete());
        File made = File.createTempFile("some", null, directory().toFile());
        assertTrue(made.getName().endsWith(".tmp"));
        assertEquals(directory().toFile(), made.getParentFile());
    }

    @Test
    void archivesAreWrittenAndRead() throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream(file("a.zip")))) {
            out.putNextEntry(new ZipEntry("one"));
            out.write("first".getBytes());
            out.putNextEntry(new ZipEntry("two"));
            out.write("second".getBytes());
        }
        try (ZipFile zip = new ZipFile(file("a.zip"))) {
            assertEquals(2, zip.size());
            try (var in = zip.getInputStream(zip.getEntry("two"))) {
                assertEquals("second", new String(in.readAllBytes()));
            }
        }
    }

    @Test
    void manyFilesAreOpenAtOnce() throws IOException {
        int many = 500;
        RandomAccessFile[] files = new RandomAccessFile[many];
        for (int i = 0; i < many; i++) {
            files[i] = new RandomAccessFile(file("file" + i), "rw");
            files[i].writeInt(i);
        }
        for (int i = 0; i < many; i++) {
            files[i].seek(0);
            assertEquals(i, files[i].readInt());
            files[i].close();
        }
    }
}
