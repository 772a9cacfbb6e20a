package dev.cortado.image.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;

/**
 * The signed message about a file's hash: "SignedData" (RFC 2315, 9) around
 * "SpcIndirectDataContent". It has no time, so that equal images stay equal.
 */
final class AuthenticodeMessage {
    private static final String SHA_256 = "2.16.840.1.101.3.4.2.1";
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
    private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    private static final String INDIRECT_DATA = "1.3.6.1.4.1.311.2.1.4";
    private static final String PE_IMAGE_DATA = "1.3.6.1.4.1.311.2.1.15";

    /** What the format wants where it once had a file's name. */
    private static final String NO_FILE = "<<<Obsolete>>>";

    private AuthenticodeMessage() {}

    /**
     * @param hash SHA-256 of the file
     */
    static byte[] of(byte[] hash, SecureBootKey key) throws GeneralSecurityException {
        byte[] digestAlgorithm = algorithm(SHA_256);
        byte[] name = Der.taggedPrimitive(0, Der.wideCharacters(NO_FILE));
        byte[] file = Der.tagged(0, Der.tagged(2, name));
        byte[] data = Der.sequence(Der.identifier(PE_IMAGE_DATA), Der.sequence(Der.noBits(), file));
        byte[] digest = Der.sequence(digestAlgorithm, Der.octets(hash));
        // What is signed is the content without its own tag and length.
        byte[] content = Der.sequence(data, digest);
        byte[] signedContent = MessageDigest.getInstance("SHA-256").digest(join(data, digest));
        byte[][] attributes = {
            attribute(CONTENT_TYPE, Der.identifier(INDIRECT_DATA)),
            attribute(MESSAGE_DIGEST, Der.octets(signedContent))
        };
        X509Certificate certificate = key.certificate();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.key());
        signature.update(Der.set(attributes));
        byte[] signer =
                Der.sequence(
                        Der.integer((byte) 1),
                        Der.sequence(
                                certificate.getIssuerX500Principal().getEncoded(),
                                Der.integer(certificate.getSerialNumber().toByteArray())),
                        digestAlgorithm,
                        Der.tagged(0, Der.setContents(attributes)),
                        algorithm(RSA),
                        Der.octets(signature.sign()));
        byte[] signedData =
                Der.sequence(
                        Der.integer((byte) 1),
                        Der.set(digestAlgorithm),
                        Der.sequence(Der.identifier(INDIRECT_DATA), Der.tagged(0, content)),
                        Der.tagged(0, certificate.getEncoded()),
                        Der.set(signer));
        return Der.sequence(Der.identifier(SIGNED_DATA), Der.tagged(0, signedData));
    }

    private static byte[] algorithm(String identifier) {
        return Der.sequence(Der.identifier(identifier), Der.nothing());
    }

    private static byte[] attribute(String type, byte[] value) {
        return Der.sequence(Der.identifier(type), Der.set(value));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
