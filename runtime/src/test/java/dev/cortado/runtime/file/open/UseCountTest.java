package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Within;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UseCountTest {
    @Test
    void whoClosesGivesUpWhatNobodyIsIn() {
        UseCount count = new UseCount();
        assertTrue(count.enter());
        assertFalse(count.leave());
        assertTrue(count.close());
        assertFalse(count.close());
        assertFalse(count.enter());
        assertTrue(count.isClosed());
    }

    @Test
    void theLastToLeaveGivesUpWhatIsClosed() {
        UseCount count = new UseCount();
        count.enter();
        count.enter();
        assertFalse(count.close());
        assertFalse(count.leave());
        assertTrue(count.leave());
    }

    @Test
    void itIsGivenUpOnceAndByNobodyElse() throws Exception {
        for (int round = 0; round < 100; round++) {
            UseCount count = new UseCount();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger givenUp = new AtomicInteger();
            Within.together(
                    () -> use(count, inside, givenUp),
                    () -> use(count, inside, givenUp),
                    () -> {
                        if (count.close()) {
                            givenUp.incrementAndGet();
                            assertEquals(0, inside.get());
                        }
                        return null;
                    });
            assertEquals(1, givenUp.get());
        }
    }

    private static Void use(UseCount count, AtomicInteger inside, AtomicInteger givenUp) {
        while (count.enter()) {
            inside.incrementAndGet();
            inside.decrementAndGet();
            if (count.leave()) {
                givenUp.incrementAndGet();
                assertEquals(0, inside.get());
                return null;
            }
        }
        return null;
    }
}
