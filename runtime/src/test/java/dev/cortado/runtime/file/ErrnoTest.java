package dev.cortado.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    /** Some of asm-generic/errno-base.h and errno.h, at both ends and beside the gaps. */
    @Test
    void hasLinuxNumbers() {
        assertEquals(Errno.EPERM, Errno.of(1));
        assertEquals(Errno.EAGAIN, Errno.of(11));
        assertEquals(Errno.ERANGE, Errno.of(34));
        assertEquals(Errno.EDEADLK, Errno.of(35));
        assertEquals(Errno.ELOOP, Errno.of(40));
        assertNull(Errno.of(41));
        assertEquals(Errno.ENOMSG, Errno.of(42));
        assertEquals(Errno.EDEADLK.number() + 1, Errno.ENAMETOOLONG.number());
        assertNull(Errno.of(58));
        assertEquals(Errno.EOPNOTSUPP, Errno.of(95));
        assertEquals(Errno.ECONNREFUSED, Errno.of(111));
        assertEquals(Errno.EHWPOISON, Errno.of(133));
        assertNull(Errno.of(0));
        assertNull(Errno.of(134));
        assertNull(Errno.of(-1));
        assertNull(Errno.of(Integer.MIN_VALUE));
    }

    @Test
    void everyNumberHasAMessage() {
        assertEquals("Success", Errno.message(0));
        assertEquals("No such file or directory", Errno.message(2));
        assertEquals("Unknown error 41", Errno.message(41));
        assertEquals("Unknown error -3", Errno.message(-3));
        for (Errno errno : Errno.values()) {
            assertEquals(errno.message(), Errno.message(errno.number()));
        }
    }

    @Test
    void exceptionsSayWhatAndWhere() {
        FileException e = new FileException(Errno.ENOSPC, "/tmp/a");
        assertEquals("/tmp/a: No space left on device", e.getMessage());
        assertEquals("/tmp/a", e.path());
        assertEquals(0, e.getStackTrace().length);
        assertEquals("Is a directory", new FileException(Errno.EISDIR).getMessage());
    }
}
