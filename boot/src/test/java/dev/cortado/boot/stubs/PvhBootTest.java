package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the loader to the kernel's entry, on a machine. */
class PvhBootTest {

    private static final long HEAP = AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET;

    @Test
    void registersAtTheKernelsEntry() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.pushf();
            asm.pop(RAX);
            guest.print(RAX);
            guest.print(RDI);
            guest.print(R14);
            guest.print(R15);
            guest.print(RBP);
            asm.lea(RAX, Memory.relative(StubSymbols.BOOT_STACK_END));
            asm.sub(RAX, RSP);
            guest.print(RAX);
            asm.mov(EAX, Memory.at(RSI, PvhStartInfo.MAGIC));
            guest.print(RAX);
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        long flags = Long.parseLong(lines.getFirst(), 16);
        assertEquals(0, flags & 0x600, "interrupts off, direction forward");
        assertEquals(
                List.of(
                        "0000000000000001",
                        "0000100000000000",
                        "0000000000000000",
                        "0000000000000000",
                        "0000000000000008",
                        "00000000336ec578"),
                lines.subList(1, lines.size()));
    }

    @Test
    void bootsOnMachinesWithABiosToo() throws Exception {
        for (String machine : List.of("microvm", "q35", "pc")) {
            Guest guest = new Guest();
            guest.kernel(asm -> guest.print(R14));
            assertEquals(
                    "0000100000000000",
                    new TestMachine().machine(machine).run(guest.link()).serial().getLast(),
                    machine);
        }
    }

    @Test
    void memoryIsSeenAtItsOwnAddressesAndInTheDirectMap() throws Exception {
        Guest guest = new Guest().variable("seen_twice", 0x1122_3344_5566_7788L);
        guest.kernel(asm -> {
            asm.mov(RAX, AddressSpace.DIRECT_MAP_BASE);
            asm.lea(RBX, Memory.relative("seen_twice"));
            guest.print(Memory.at(RAX, RBX, 1, 0));
            // The local APIC's version register, near the end of the first 4 GiB.
            asm.mov(RBX, 0xFEE0_0030L);
            asm.mov(ECX, Memory.at(RAX, RBX, 1, 0));
            asm.mov(EDX, Memory.at(RBX));
            asm.sub(RCX, RDX);
            guest.print(RCX);
        });
        assertEquals(
                List.of("1122334455667788", "0000000000000000"),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void theImageHeapIsMappedAsFarAsItGoes() throws Exception {
        int size = 5 << 20;
        Guest guest = new Guest();
        guest.heap.emit64(0x0123_4567_89AB_CDEFL);
        guest.heap.skip(size - 2 * Long.BYTES);
        guest.heap.emit64(0x0FED_CBA9_8765_4321L);
        guest.kernel(asm -> {
            asm.mov(RAX, HEAP);
            guest.print(Memory.at(RAX));
            guest.print(Memory.at(RAX, size - Long.BYTES));
            asm.mov(Memory.at(RAX), RAX);
            guest.print(Memory.at(RAX));
        });
        assertEquals(
                List.of("0123456789abcdef", "0fedcba987654321", "%016x".formatted(HEAP)),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void theCpuIsSetUpForCompiledCode() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.call(StubSymbols.READ_CR0);
            guest.print(RAX);
            asm.call(StubSymbols.READ_CR4);
            guest.print(RAX);
            asm.call(StubSymbols.READ_XCR0);
            guest.print(RAX);
            asm.mov(EDI, 0xC000_0080L);
            asm.call(StubSymbols.READ_MSR);
            guest.print(RAX);
            asm.push(0);
            asm.stmxcsr(Memory.at(RSP));
            asm.fnstcw(Memory.at(RSP, 4));
            asm.pop(RAX);
            guest.print(RAX);
        });
        assertEquals(
                List.of(
                        "0000000080000033", // PG, NE, ET, MP, PE
                        "0000000000040620", // OSXSAVE, OSXMMEXCPT, OSFXSR, PAE
                        "0000000000000007", // AVX, SSE, x87
                        "0000000000000d00", // NXE, LMA, LME
                        "0000037f00001f80"),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void aCpuWithoutXsaveWillDo() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.call(StubSymbols.READ_CR4);
            guest.print(RAX);
        });
        assertEquals(
                List.of("0000000000000620"),
                new TestMachine().cpu("qemu64,-xsave,-nx").run(guest.link()).serial());
    }

    @Test
    void theCommandLineArrives() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.mov(RAX, Memory.at(RSI, PvhStartInfo.COMMAND_LINE));
            guest.print(Memory.at(RAX));
        });
        String line =
                new TestMachine()
                        .options("-append", "hello world")
                        .run(guest.link())
                        .serial()
                        .getFirst();
        assertTrue(line.endsWith("6f77206f6c6c6568"), line);
    }
}
