package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.Symbol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a guest that cannot start says, on a machine. */
class BootFailureTest {

    @Test
    void aCpuWithoutLongMode() throws Exception {
        for (String cpu : List.of("qemu32", "486")) {
            assertFails(
                    new TestMachine().cpu(cpu), linker(), "Cortado: this CPU has no 64-bit mode");
        }
    }

    @Test
    void aStartInfoThatIsNone() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> guest.print(RDI));
        guest.asm.function(
                "wrong_entry",
                () -> {
                    // In 32-bit mode: mov ebx, 0x1000.
                    guest.asm.mov(EBX, 0x1000);
                    guest.asm.jmp("cortado_pvh_entry");
                });
        RelocatableObject boot = enteredAt("wrong_entry", BootObject.create(Target.QEMU));
        assertFails(
                new TestMachine(),
                guest.linker(boot),
                "Cortado: no PVH start info: wrong magic number");
    }

    @Test
    void anImageHeapThatIsTooLarge() throws Exception {
        TestLinker linker = linker();
        linker.override(ImageSymbols.HEAP_END, AddressSpace.HEAP_BASE + (1 << 30) + 1);
        assertFails(
                new TestMachine(), linker, "Cortado: the image heap is too large or badly aligned");
    }

    @Test
    void anImageHeapThatLargePagesCannotMap() throws Exception {
        TestLinker linker = linker();
        linker.override(ImageSymbols.HEAP_PHYSICAL, AddressSpace.imageHeapPhysical(0) + 4096);
        assertFails(
                new TestMachine(), linker, "Cortado: the image heap is too large or badly aligned");
    }

    @Test
    void aMachineThatIsTooSmallForTheImage() throws Exception {
        for (int mebibytes : List.of(4, 8, 12)) {
            Guest guest = new Guest();
            guest.kernel(asm -> guest.print(RDI));
            guest.heap.skip(10 << 20);
            assertFails(
                    new TestMachine().memory(mebibytes),
                    guest.linker(BootObject.create(Target.QEMU)),
                    "Cortado: this machine has too little memory for the image");
        }
    }

    @Test
    void aMachineThatIsJustLargeEnough() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> guest.print(RDI));
        guest.heap.skip(10 << 20);
        assertEquals(
                List.of("0000000000000001"),
                new TestMachine().memory(14).run(guest.link()).serial());
    }

    /** Where nothing ends the machine, it stays as it is. */
    @Test
    void withoutADebugExitDeviceTheGuestHalts() throws Exception {
        String message = "Cortado: this CPU has no 64-bit mode";
        TestMachine.Result result =
                new TestMachine().cpu("486").withoutDebugExit().runUntil(linker().link(), message);
        assertEquals(List.of(message), result.serial());
        assertTrue(result.running());
    }

    private static TestLinker linker() {
        Guest guest = new Guest();
        guest.kernel(asm -> guest.print(RDI));
        return guest.linker(BootObject.create(Target.QEMU));
    }

    /** The boot object with a PVH note that names another entry. */
    private static RelocatableObject enteredAt(String entry, RelocatableObject boot) {
        List<Relocation> relocations =
                boot.relocations().stream()
                        .map(relocation ->
                                relocation.section().equals(".note")
                                        ? new Relocation(
                                                relocation.section(),
                                                relocation.offset(),
                                                relocation.type(),
                                                entry,
                                                relocation.addend())
                                        : relocation)
                        .toList();
        List<Symbol> symbols = new ArrayList<>(boot.symbols());
        symbols.add(Symbol.undefined(entry));
        return new RelocatableObject(boot.name(), boot.sections(), symbols, relocations);
    }

    private static void assertFails(TestMachine machine, TestLinker linker, String message)
            throws Exception {
        TestMachine.Result result = machine.run(linker.link());
        assertEquals(List.of(message), result.serial());
        assertEquals(message + "\r\n", result.debug());
    }
}
