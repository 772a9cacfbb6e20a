package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.image.UserError;
import org.junit.jupiter.api.Test;

class CompilerThreadsTest {
    @Test
    void allCpusUnlessThereAreTooFew() {
        assertEquals(1, CompilerThreads.of(false, 0, 1));
        assertEquals(1, CompilerThreads.of(false, 0, 2));
        assertEquals(8, CompilerThreads.of(false, 0, 8));
    }

    @Test
    void theUserMayChoose() {
        assertEquals(2, CompilerThreads.of(false, 2, 1));
        assertEquals(1, CompilerThreads.of(false, 1, 8));
        assertThrows(UserError.class, () -> CompilerThreads.of(false, -1, 8));
    }

    @Test
    void oneForTheSameBytes() {
        assertEquals(1, CompilerThreads.of(true, 0, 8));
        assertEquals(1, CompilerThreads.of(true, 1, 8));
        assertThrows(UserError.class, () -> CompilerThreads.of(true, 2, 8));
    }
}
