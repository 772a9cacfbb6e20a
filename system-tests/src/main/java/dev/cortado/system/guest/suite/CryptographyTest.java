package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** What the security providers have, by the names that programs ask for. */
final class CryptographyTest {
    @ParameterizedTest
    @CsvSource({
        "ML-KEM, ML-KEM",
        "ML-KEM-512, ML-KEM",
        "X25519, DHKEM",
        "EC, DHKEM",
    })
    void keysAreEncapsulated(String keys, String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(keys).generateKeyPair();
        KEM kem = KEM.getInstance(algorithm);
        KEM.Encapsulated sent = kem.newEncapsulator(pair.getPublic()).encapsulate();
        SecretKey received =
                kem.newDecapsulator(pair.getPrivate()).decapsulate(sent.encapsulation());
        assertEquals(sent.key(), received);
    }

    @ParameterizedTest
    @CsvSource({
        "EC, SHA256withECDSA",
        "Ed25519, Ed25519",
        "ML-DSA-65, ML-DSA",
    })
    void signatures(String keys, String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(keys).generateKeyPair();
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(new byte[100]);
        byte[] signed = signature.sign();
        KeyFactory factory = KeyFactory.getInstance(keys);
        factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
        signature.initVerify(
                factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));
        signature.update(new byte[100]);
        assertTrue(signature.verify(signed));
    }

    @Test
    void agreement() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
        KeyPair one = generator.generateKeyPair();
        KeyPair other = generator.generateKeyPair();
        assertArrayEquals(agree(one, other), agree(other, one));
    }

    private static byte[] agree(KeyPair own, KeyPair other) throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        agreement.doPhase(other.getPublic(), true);
        return agreement.generateSecret();
    }

    /** RFC 5869, A.3. */
    @Test
    void derivation() throws Exception {
        byte[] key = new byte[22];
        Arrays.fill(key, (byte) 0x0b);
        byte[] derived =
                KDF.getInstance("HKDF-SHA256")
                        .deriveData(
                                HKDFParameterSpec.ofExtract()
                                        .addIKM(key)
                                        .thenExpand(new byte[0], 42));
        assertEquals(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                        + "9d201395faa4b61a96c8",
                HexFormat.of().formatHex(derived));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/GCM/NoPadding", "AES/CBC/PKCS5Padding", "ChaCha20-Poly1305"})
    void ciphers(String transformation) throws Exception {
        String algorithm = transformation.startsWith("AES") ? "AES" : "ChaCha20";
        SecretKey key = KeyGenerator.getInstance(algorithm).generateKey();
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] secret = cipher.doFinal("hello".getBytes());
        Cipher back = Cipher.getInstance(transformation);
        back.init(Cipher.DECRYPT_MODE, key, cipher.getParameters());
        assertEquals("hello", new String(back.doFinal(secret)));
    }

    @Test
    void keyStores() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "secret".toCharArray();
        store.setEntry(
                "key",
                new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")),
                new KeyStore.PasswordProtection(password));
        var bytes = new java.io.ByteArrayOutputStream();
        store.store(bytes, password);
        KeyStore again = KeyStore.getInstance("PKCS12");
        again.load(new ByteArrayInputStream(bytes.toByteArray()), password);
        assertArrayEquals(new byte[16], again.getKey("key", password).getEncoded());
        CertStore.getInstance("Collection", new CollectionCertStoreParameters());
    }

    @Test
    void theJdksAuthoritiesAreTrusted() throws Exception {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
        assertTrue(manager.getAcceptedIssuers().length > 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NativePRNG", "NativePRNGBlocking", "DRBG", "SHA1PRNG"})
    void randomNumbersDiffer(String algorithm) throws Exception {
        SecureRandom random = SecureRandom.getInstance(algorithm);
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        random.nextBytes(first);
        random.nextBytes(second);
        assertTrue(!Arrays.equals(first, second) && !Arrays.equals(first, new byte[32]));
        assertEquals(8, random.generateSeed(8).length);
    }

    @Test
    void signedXml() throws Exception {
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        var reference =
                factory.newReference(
                        "",
                        factory.newDigestMethod(DigestMethod.SHA256, null),
                        List.of(
                                factory.newTransform(
                                        Transform.ENVELOPED, (TransformParameterSpec) null)),
                        null,
                        null);
        var information =
                factory.newSignedInfo(
                        factory.newCanonicalizationMethod(
                                CanonicalizationMethod.INCLUSIVE, (C14NMethodParameterSpec) null),
                        factory.newSignatureMethod(
                                "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", null),
                        List.of(reference));
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        DocumentBuilderFactory builders = DocumentBuilderFactory.newInstance();
        builders.setNamespaceAware(true);
        Document document =
                builders.newDocumentBuilder()
                        .parse(new InputSource(new StringReader("<r><a>text</a></r>")));
        factory.newXMLSignature(information, null)
                .sign(new DOMSignContext(pair.getPrivate(), document.getDocumentElement()));
        Node signature = document.getElementsByTagName("Signature").item(0);
        var context = new DOMValidateContext(pair.getPublic(), signature);
        assertTrue(factory.unmarshalXMLSignature(context).validate(context));
    }
}
