package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainTest {
    @TempDir Path lib;

    @Test
    void consistsOfTheJarsOfADistribution() throws IOException {
        Path compiler = file("compiler/b.jar");
        Path other = file("compiler/a.jar");
        Path overlay = file("overlay/o.jar");
        Path guest = file("guest/g.jar");
        file("guest/notes.txt");
        assertEquals(
                new Toolchain(List.of(other, compiler), overlay, List.of(guest)),
                Toolchain.in(lib));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        file("compiler/a.jar");
        file("overlay/notes.txt");
        UserError error = assertThrows(UserError.class, () -> Toolchain.in(lib));
        assertTrue(error.getMessage().contains(lib.resolve("overlay").toString()));
        assertThrows(UserError.class, Toolchain::ofDistribution);
    }

    private Path file(String name) throws IOException {
        Path file = lib.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
