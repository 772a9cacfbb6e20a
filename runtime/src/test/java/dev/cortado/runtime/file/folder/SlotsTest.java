package dev.cortado.runtime.file.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    /** One that lacks memory, or whatever else goes wrong, when a slot is given back. */
    private static Transport failing(Throwable failure) {
        return (Transport)
                Proxy.newProxyInstance(
                        Transport.class.getClassLoader(),
                        new Class<?>[] {Transport.class},
                        (proxy, method, values) -> {
                            throw failure;
                        });
    }

    @Test
    void aSlotIsFreeWhateverGoesWrongWhenItIsGivenBack() throws Exception {
        Slots slots = new Slots(failing(new OutOfMemoryError("test")), 1);
        int slot = slots.take();
        assertThrows(OutOfMemoryError.class, () -> slots.giveBack(slot));
        FutureTask<Integer> next = new FutureTask<>(slots::take);
        Thread.ofPlatform().daemon().start(next);
        assertEquals(slot, next.get(10, TimeUnit.SECONDS));
    }
}
