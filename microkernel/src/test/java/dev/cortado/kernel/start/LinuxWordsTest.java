package dev.cortado.kernel.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.kernel.memory.ArrayMemory;
import org.junit.jupiter.api.Test;

final class LinuxWordsTest {
    private static final String DEVICES =
            " virtio_mmio.device=4K@0xd0000000:5 virtio_mmio.device=4K@0xd0001000:6";

    private static int beforeEnd(String text) {
        ArrayMemory memory = CommandWordsTest.memory(text);
        CommandWords words = new CommandWords(memory);
        int count = words.split(CommandWordsTest.TEXT, text.length());
        return new LinuxWords(words).beforeEnd(CommandWordsTest.TEXT, count);
    }

    private static int withoutAdded(String text) {
        ArrayMemory memory = CommandWordsTest.memory(text);
        CommandWords words = new CommandWords(memory);
        int count = words.split(CommandWordsTest.TEXT, text.length());
        return new LinuxWords(words).withoutAdded(CommandWordsTest.TEXT, count);
    }

    @Test
    void anEndIsBehindWordsForKernels() {
        assertEquals(1, beforeEnd("cortado.console=framed -- 8080"));
        assertEquals(1, beforeEnd("cortado.console=framed -- a -- b"));
        assertEquals(1, beforeEnd("pci=off --"));
        assertEquals(2, beforeEnd("quiet console=ttyS0 -- a"));
        assertEquals(
                5, beforeEnd("cortado.net=none pci=off root=/dev/vda rw virtio_mmio.device=x --"));
        assertEquals(
                9,
                beforeEnd(
                        "reboot=k panic=1 pci=off nomodules 8250.nr_uarts=0 i8042.noaux"
                                + " i8042.nomux i8042.nopnp i8042.dumbkbd -- a"));
    }

    @Test
    void otherwiseItIsTheProgramsLikeWhatIsInFrontOfIt() {
        assertEquals(LinuxWords.NO_END, beforeEnd(""));
        assertEquals(LinuxWords.NO_END, beforeEnd("-- a"));
        assertEquals(LinuxWords.NO_END, beforeEnd("a b -- c"));
        assertEquals(LinuxWords.NO_END, beforeEnd("cortado.net=none a -- b"));
        assertEquals(LinuxWords.NO_END, beforeEnd("cortado.net=none pci=off"));
        assertEquals(LinuxWords.NO_END, beforeEnd("read -- b"));
        assertEquals(LinuxWords.NO_END, beforeEnd("root -- b"));
        assertEquals(LinuxWords.NO_END, beforeEnd("quiet rw -- b"));
    }

    @Test
    void whatFirecrackerAddsIsNotTheProgramsEither() {
        assertEquals(0, withoutAdded(""));
        assertEquals(0, withoutAdded("pci=off"));
        assertEquals(2, withoutAdded("8080 quiet pci=off root=/dev/vda rw" + DEVICES));
        assertEquals(1, withoutAdded("8080 no-kvmclock pci=off" + DEVICES));
        assertEquals(1, withoutAdded("8080 root=/dev/vda ro")); // with PCI on
        assertEquals(1, withoutAdded("8080 pci=off root=PARTUUID=0eaa91a0-01 rw" + DEVICES));
        assertEquals(0, withoutAdded(DEVICES));
    }

    @Test
    void theProgramsOwnStayAlsoIfTheyLookLikeThose() {
        assertEquals(3, withoutAdded("mount /data rw"));
        assertEquals(3, withoutAdded("mount /data rw" + DEVICES));
        assertEquals(2, withoutAdded("a root=/dev/vda"));
        assertEquals(2, withoutAdded("root=/dev/vdb rw"));
        assertEquals(3, withoutAdded("pci=off is it"));
        assertEquals(4, withoutAdded("root=/dev/vda rw and more"));
    }
}
