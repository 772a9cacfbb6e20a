package dev.cortado.image.signature;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.pe.PortableExecutable;
import dev.cortado.image.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs what UEFI starts, so that secure boot lets it.
 *
 * @param key RSA
 * @param certificate of that key; the firmware knows it, or who has issued it
 */
public record SecureBootKey(PrivateKey key, X509Certificate certificate)
        implements DiskImage.Signer {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");

    private static final String KEY = "PRIVATE KEY";

    /** More than any key takes. */
    private static final int LARGEST_FILE = 1 << 16;

    // In the certificate table (PE specification, 5.7).

    private static final short REVISION_2 = 0x200;
    private static final short PKCS_SIGNED_DATA = 2;
    private static final int TABLE_HEADER = 8;

    /**
     * Reads the two from files, where they are given.
     *
     * @param keyFile null for none
     * @param certificateFile null for none
     * @throws UserError if there is only one, or {@link #read} fails
     */
    public static Optional<SecureBootKey> given(Path keyFile, Path certificateFile) {
        if (keyFile == null && certificateFile == null) {
            return Optional.empty();
        }
        if (keyFile == null || certificateFile == null) {
            throw new UserError("for secure boot, name both a key and its certificate");
        }
        return Optional.of(read(keyFile, certificateFile));
    }

    /**
     * Reads the two from files.
     *
     * @param keyFile PEM with an RSA key as PKCS #8 has it, not encrypted
     * @param certificateFile PEM or DER
     * @throws UserError if they are not what they should be, or do not belong together
     */
    public static SecureBootKey read(Path keyFile, Path certificateFile) {
        PrivateKey key = readKey(keyFile);
        X509Certificate certificate = readCertificate(certificateFile);
        if (!(key instanceof RSAPrivateKey one)
                || !(certificate.getPublicKey() instanceof RSAPublicKey other)
                || !one.getModulus().equals(other.getModulus())) {
            throw new UserError(
                    "%s is not the certificate of the key %s".formatted(certificateFile, keyFile));
        }
        return new SecureBootKey(key, certificate);
    }

    private static PrivateKey readKey(Path file) {
        Matcher pem = PEM.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
        if (!pem.find() || !pem.group(1).equals(KEY)) {
            throw new UserError(
                    file
                            + " has no key that can be read: openssl pkcs8 -topk8 -nocrypt makes"
                            + " one of others");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UserError(
                    "%s has no RSA key, which secure boot wants (%s)"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static X509Certificate readCertificate(Path file) {
        try {
            var stream = new ByteArrayInputStream(bytes(file));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(stream);
        } catch (GeneralSecurityException e) {
            throw new UserError("%s has no certificate (%s)".formatted(file, e.getMessage()), e);
        }
    }

    private static byte[] bytes(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new UserError(file + " is too large for a key or a certificate");
            }
            return bytes;
        } catch (IOException e) {
            throw new UserError("cannot read %s (%s)".formatted(file, e), e);
        }
    }

    /** Tells signatures of different keys apart; what is signed with equal ones is equal. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("it has been read", e);
        }
    }

    @Override
    public byte[] certificates(ByteBuffer file) {
        try {
            byte[] message = AuthenticodeMessage.of(hash(file), this);
            int size = TABLE_HEADER + message.length;
            ByteBuffer table =
                    ByteBuffer.allocate(-(-size & -Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            table.putInt(size).putShort(REVISION_2).putShort(PKCS_SIGNED_DATA).put(message);
            return table.array();
        } catch (GeneralSecurityException e) {
            throw new UserError("cannot sign with this key (%s)".formatted(e.getMessage()), e);
        }
    }

    /** All of the file but what signing changes. */
    private static byte[] hash(ByteBuffer file) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int checksumEnd = PortableExecutable.CHECKSUM + Integer.BYTES;
        int certificatesEnd = PortableExecutable.CERTIFICATES + Long.BYTES;
        digest.update(file.slice(0, PortableExecutable.CHECKSUM));
        digest.update(file.slice(checksumEnd, PortableExecutable.CERTIFICATES - checksumEnd));
        digest.update(file.slice(certificatesEnd, file.limit() - certificatesEnd));
        return digest.digest();
    }
}
