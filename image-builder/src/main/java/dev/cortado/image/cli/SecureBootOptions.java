package dev.cortado.image.cli;

import dev.cortado.image.signature.SecureBootKey;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options about the signature that UEFI's secure boot wants. */
final class SecureBootOptions {
    @Option(
            names = "--secure-boot-key",
            paramLabel = "FILE",
            description =
                    "Sign what UEFI starts of a disk with this RSA key (PEM, PKCS #8), for machines"
                            + " with secure boot.")
    private Path key;

    @Option(
            names = "--secure-boot-certificate",
            paramLabel = "FILE",
            description = "The key's certificate (PEM or DER), which such machines know.")
    private Path certificate;

    /** The key, if one is wanted. */
    Optional<SecureBootKey> key() {
        return SecureBootKey.given(key, certificate);
    }
}
