package dev.cortado.image.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import dev.cortado.image.image.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With keys of openssl's, and what sbsigntool says. */
class SecureBootKeyTest {
    /** Where a disk has its volume, for mtools. */
    private static final String VOLUME = "@@32768";

    private static final String FILE = "::EFI/BOOT/BOOTX64.EFI";

    @TempDir Path directory;
    private Path key;
    private Path certificate;

    @BeforeEach
    void makeAKey() throws Exception {
        key = directory.resolve("key.pem");
        certificate = directory.resolve("certificate.pem");
        make("rsa:2048", key, certificate);
    }

    private static void make(String algorithm, Path key, Path certificate) throws Exception {
        Tools.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                algorithm,
                "-nodes",
                "-sha256",
                "-days",
                30,
                "-subj",
                "/CN=Cortado's test/",
                "-keyout",
                key,
                "-out",
                certificate);
    }

    @Test
    void sbverifyAcceptsASignedDisk() throws Exception {
        Path disk = disk(SecureBootKey.read(key, certificate));
        Path file = extract(disk);
        List<String> lines = Tools.run("sbverify", "--cert", certificate, file);
        assertTrue(lines.contains("Signature verification OK"), lines.toString());
        ImageFile image = ImageFile.read(disk);
        assertEquals(ImageFormat.DISK, image.format());
    }

    @Test
    void equalDisksStayEqual() throws Exception {
        SecureBootKey pair = SecureBootKey.read(key, certificate);
        assertArrayEquals(Files.readAllBytes(disk(pair)), Files.readAllBytes(disk(pair)));
        assertEquals(64, pair.fingerprint().length());
    }

    @Test
    void sbsignCanSignWhatIsNotSigned() throws Exception {
        Path disk = directory.resolve("plain.img");
        ImageWriter.of(Target.BARE).write(TestObjects.image(Target.BARE), disk);
        Path file = extract(disk);
        Path signed = directory.resolve("signed.efi");
        List<String> lines =
                Tools.run("sbsign", "--key", key, "--cert", certificate, "--output", signed, file);
        assertTrue(lines.stream().noneMatch(line -> line.contains("warning")), lines.toString());
        Tools.run("sbverify", "--cert", certificate, signed);
    }

    @Test
    void aChangedSignatureIsDamage() throws Exception {
        Path disk = disk(SecureBootKey.read(key, certificate));
        byte[] bytes = Files.readAllBytes(disk);
        byte[] file = Files.readAllBytes(extract(disk));
        int at = find(bytes, file, file.length - 600);
        bytes[at] ^= 1;
        Files.write(disk, bytes);
        UserError error = assertThrows(UserError.class, () -> ImageFile.read(disk));
        assertTrue(error.getMessage().contains("is damaged"), error.getMessage());
    }

    private static int find(byte[] disk, byte[] file, int offset) {
        for (int at = 0; at + 64 < disk.length; at++) {
            boolean same = true;
            for (int i = 0; i < 64 && same; i++) {
                same = disk[at + i] == file[offset + i];
            }
            if (same) {
                return at;
            }
        }
        throw new AssertionError("the file is not on the disk");
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws Exception {
        Path other = directory.resolve("other.pem");
        Path otherCertificate = directory.resolve("other-certificate.pem");
        make("rsa:2048", other, otherCertificate);
        refuses(key, otherCertificate, "is not the certificate of the key");
        refuses(certificate, certificate, "has no key that can be read");
        refuses(key, key, "has no certificate");
        refuses(directory.resolve("none"), certificate, "cannot read");
        Path large = Files.write(directory.resolve("large"), new byte[100_000]);
        refuses(large, certificate, "too large");
        Path broken = Files.writeString(directory.resolve("broken"), pem("AAAA"));
        refuses(broken, certificate, "has no RSA key");
        make("ec:" + curve(), other, otherCertificate);
        refuses(other, otherCertificate, "has no RSA key");
    }

    private Path curve() throws Exception {
        Path parameters = directory.resolve("curve");
        Tools.run("openssl", "ecparam", "-name", "prime256v1", "-out", parameters);
        return parameters;
    }

    private static String pem(String contents) {
        return "-----BEGIN PRIVATE KEY-----\n" + contents + "\n-----END PRIVATE KEY-----\n";
    }

    private static void refuses(Path key, Path certificate, String part) {
        UserError error = assertThrows(UserError.class, () -> SecureBootKey.read(key, certificate));
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    private Path disk(SecureBootKey pair) throws IOException {
        Path disk = Files.createTempFile(directory, "disk", ".img");
        ImageWriter.of(Target.BARE, pair).write(TestObjects.image(Target.BARE), disk);
        return disk;
    }

    private Path extract(Path disk) throws Exception {
        Path file = Files.createTempFile(directory, "loader", ".efi");
        Tools.run("mcopy", "-n", "-o", "-i", disk + VOLUME, FILE, file);
        return file;
    }
}
