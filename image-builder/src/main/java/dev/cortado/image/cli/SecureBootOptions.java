package dev.cortado.image.cli;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.signature.SecureBootKey;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * The key, if one is wanted.
     *
     * @throws UserError if there is only one of the files, or nothing to sign
     */
    Optional<SecureBootKey> key(List<Target> targets) {
        if (key == null && certificate == null) {
            return Optional.empty();
        }
        if (key == null || certificate == null) {
            throw new UserError("--secure-boot-key and --secure-boot-certificate go together");
        }
        if (targets.stream().noneMatch(Target::isDisk)) {
            throw new UserError(
                    "--secure-boot-key signs disks, and none is built: add --target bare");
        }
        return Optional.of(SecureBootKey.read(key, certificate));
    }
}
