package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A CD of grub-mkrescue's, from which BIOS and UEFI start GRUB, and that starts one image. */
final class GrubDisc {
    private GrubDisc() {}

    /** Skips the test where a disc cannot be made. */
    static void assumePossible() {
        List<String> look = List.of("sh", "-c", "command -v grub-mkrescue xorriso mformat");
        assumeTrue(
                Outcome.of(look, "").exitCode() == 0,
                "the packages grub-common, xorriso and mtools are not installed");
    }

    /**
     * Makes one.
     *
     * @param directory for it and what is on it
     * @param entry GRUB's command, whose first argument is {@code /boot/} and the image's name
     */
    static Path of(Path directory, Path image, String entry) throws IOException {
        Path boot = Files.createDirectories(directory.resolve("disc/boot/grub")).getParent();
        Files.copy(image, boot.resolve(image.getFileName()));
        Files.writeString(
                boot.resolve("grub/grub.cfg"),
                "set timeout=0\nmenuentry started { " + entry + " }\n");
        Path disc = directory.resolve("disc.iso");
        String content = directory.resolve("disc").toString();
        Outcome made = Outcome.of(List.of("grub-mkrescue", "-o", disc.toString(), content), "");
        assertEquals(0, made.exitCode(), made.console());
        return disc;
    }
}
