package dev.cortado.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What calls are to fail with. */
public final class Fails {
    private Fails() {}

    public static FileException with(Errno errno, Executable call) {
        FileException e = assertThrows(FileException.class, call);
        assertEquals(errno, e.errno());
        return e;
    }
}
