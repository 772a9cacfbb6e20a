package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that Java calls for what Java cannot say, on a machine. */
class CpuStubsTest {

    /** Ports of PCI configuration space: address, data. */
    private static final int PCI_ADDRESS = 0xCF8;

    private static final int PCI_DATA = 0xCFC;

    @Test
    void portsOfAllWidths() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            // q35's host bridge: Intel 82G33, revision and class; its latency timer is 0.
            out(asm, StubSymbols.OUT_32, PCI_ADDRESS, 0x8000_0000L);
            in(guest, StubSymbols.IN_32, PCI_DATA);
            in(guest, StubSymbols.IN_16, PCI_DATA + 2);
            in(guest, StubSymbols.IN_8, PCI_DATA + 1);
            in(guest, StubSymbols.IN_32, PCI_ADDRESS);
            // ISA bridge's interrupt routing, a register that can be written.
            out(asm, StubSymbols.OUT_32, PCI_ADDRESS, 0x8000_F860L);
            out(asm, StubSymbols.OUT_16, PCI_DATA, 0x0B0AL);
            in(guest, StubSymbols.IN_16, PCI_DATA);
        });
        assertEquals(
                List.of(
                        "0000000029c08086",
                        "00000000000029c0",
                        "0000000000000080",
                        "0000000080000000",
                        "0000000000000b0a"),
                new TestMachine().machine("q35").run(guest.link()).serial());
    }

    @Test
    void modelSpecificRegisters() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            long kernelGsBase = 0xC000_0102L;
            asm.mov(EDI, kernelGsBase);
            asm.mov(RSI, 0x0000_1234_89AB_CDEFL);
            asm.call(StubSymbols.WRITE_MSR);
            asm.mov(EDI, kernelGsBase);
            asm.call(StubSymbols.READ_MSR);
            guest.print(RAX);
        });
        assertEquals(List.of("0000123489abcdef"), new TestMachine().run(guest.link()).serial());
    }

    @Test
    void controlRegisters() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            long writeProtect = 1 << 16;
            asm.call(StubSymbols.READ_CR0);
            asm.mov(RBX, RAX);
            asm.mov(RDI, RAX);
            asm.or(RDI, writeProtect);
            asm.call(StubSymbols.WRITE_CR0);
            asm.call(StubSymbols.READ_CR0);
            asm.sub(RAX, RBX);
            guest.print(RAX);

            long globalPages = 1 << 7;
            asm.call(StubSymbols.READ_CR4);
            asm.mov(RBX, RAX);
            asm.mov(RDI, RAX);
            asm.or(RDI, globalPages);
            asm.call(StubSymbols.WRITE_CR4);
            asm.call(StubSymbols.READ_CR4);
            asm.sub(RAX, RBX);
            guest.print(RAX);

            asm.call(StubSymbols.READ_CR3);
            asm.mov(RDI, RAX);
            asm.call(StubSymbols.WRITE_CR3);
            asm.call(StubSymbols.READ_CR3);
            asm.lea(RCX, Memory.relative(StubSymbols.EARLY_PAGE_TABLES_BEGIN));
            asm.sub(RAX, RCX);
            guest.print(RAX);

            asm.mov(EDI, 3);
            asm.call(StubSymbols.WRITE_XCR0);
            asm.call(StubSymbols.READ_XCR0);
            guest.print(RAX);
        });
        assertEquals(
                List.of(
                        "0000000000010000",
                        "0000000000000080",
                        "0000000000000000",
                        "0000000000000003"),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void cpuidFillsItsArrayAndKeepsRbx() throws Exception {
        Guest guest = new Guest().buffer("result", 32);
        guest.kernel(asm -> {
            asm.mov(EBX, 99);
            asm.xor(EDI, EDI);
            asm.xor(ESI, ESI);
            asm.lea(RDX, Memory.relative("result"));
            asm.call(StubSymbols.CPUID);
            asm.lea(RAX, Memory.relative("result"));
            guest.print(Memory.at(RAX, 4));
            guest.print(Memory.at(RAX, 12));
            guest.print(RBX);
        });
        // "AuthenticAMD" in ebx, edx, ecx: printed are ecx:ebx, then what follows edx (0) and edx.
        assertEquals(
                List.of("444d416368747541", "0000000069746e65", "0000000000000063"),
                new TestMachine().cpu("max,vendor=AuthenticAMD").run(guest.link()).serial());
    }

    @Test
    void timeStampsGrow() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.call(StubSymbols.RDTSC);
            guest.print(RAX);
            asm.call(StubSymbols.PAUSE);
            asm.call(StubSymbols.RDTSC);
            guest.print(RAX);
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        assertTrue(lines.get(0).compareTo(lines.get(1)) < 0, lines::toString);
    }

    @Test
    void trapIsAnInvalidOpcodeWithTheCallerOnTheStack() throws Exception {
        Guest guest = new Guest();
        guest.interruptHandler(asm -> {
            guest.print(Memory.at(RBX, InterruptFrame.VECTOR));
            asm.mov(RAX, Memory.at(RBX, InterruptFrame.RSP));
            asm.mov(RAX, Memory.at(RAX));
            asm.sub(RAX, RBP);
            guest.print(RAX);
            guest.exit();
        });
        guest.kernel(asm -> {
            // A call is 5 bytes long, and lea 7: the return address is 12 bytes after this one.
            asm.lea(RBP, Memory.relative(KernelSymbols.KERNEL_ENTRY));
            asm.call(StubSymbols.TRAP);
        });
        assertEquals(
                List.of("0000000000000006", "000000000000000c"),
                new TestMachine().run(guest.link()).serial());
    }

    @ParameterizedTest
    @ValueSource(strings = {StubSymbols.RDRAND, StubSymbols.RDSEED})
    void randomNumbers(String stub) throws Exception {
        Guest guest = new Guest().variable("first", 0).variable("second", 0);
        guest.kernel(asm -> {
            asm.lea(RDI, Memory.relative("first"));
            asm.call(stub);
            guest.print(RAX);
            asm.lea(RDI, Memory.relative("second"));
            asm.call(stub);
            guest.print(Memory.relative("first"));
            guest.print(Memory.relative("second"));
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        assertEquals("0000000000000001", lines.getFirst());
        assertNotEquals(lines.get(1), lines.get(2));
    }

    @Test
    void interruptFlag() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            printInterruptFlag(guest, StubSymbols.READ_FLAGS);
            asm.call(StubSymbols.ENABLE_INTERRUPTS);
            printInterruptFlag(guest, StubSymbols.READ_FLAGS);
            asm.call(StubSymbols.DISABLE_INTERRUPTS);
            asm.mov(RBX, RAX);
            printInterruptFlag(guest, StubSymbols.DISABLE_INTERRUPTS);
            asm.mov(RDI, RBX);
            asm.call(StubSymbols.RESTORE_INTERRUPTS);
            printInterruptFlag(guest, StubSymbols.READ_FLAGS);
            asm.xor(EDI, EDI);
            asm.call(StubSymbols.RESTORE_INTERRUPTS);
            printInterruptFlag(guest, StubSymbols.READ_FLAGS);
        });
        assertEquals(
                List.of(
                        "0000000000000000",
                        "0000000000000200",
                        "0000000000000000",
                        "0000000000000200",
                        "0000000000000000"),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void readFrameIsTheCallersStackPointer() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.call(StubSymbols.READ_FRAME);
            asm.sub(RAX, RSP);
            guest.print(RAX);
        });
        assertEquals(List.of("0000000000000000"), new TestMachine().run(guest.link()).serial());
    }

    /**
     * A table at another place, with other descriptors: the far return would fault on a wrong one.
     */
    @Test
    void descriptorTables() throws Exception {
        Guest guest = new Guest();
        guest.data.align(8, 0);
        guest.data.data(
                "own_descriptors",
                () -> {
                    guest.data.emit64(0);
                    guest.data.emit64(0x0020_9A00_0000_0000L);
                    guest.data.emit64(0x0000_9200_0000_0000L);
                });
        guest.data.data(
                "own_pointer",
                () -> {
                    guest.data.emit16(23);
                    guest.data.emitRelocated(RelocationType.ABSOLUTE_64, "own_descriptors", 0);
                });
        guest.interruptHandler(asm -> {
            asm.mov(EAX, SegmentRegister.CS);
            guest.print(RAX);
            asm.mov(EAX, SegmentRegister.SS);
            guest.print(RAX);
        });
        guest.kernel(asm -> {
            asm.mov(RBX, RSP);
            asm.lea(RDI, Memory.relative("own_pointer"));
            asm.call(StubSymbols.LOAD_GDT);
            asm.sub(RBX, RSP);
            guest.print(RBX);
            asm.int3();
        });
        assertEquals(
                List.of("0000000000000000", "0000000000000008", "0000000000000010"),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void aPageIsForgotten() throws Exception {
        Guest guest = new Guest().buffer("page", 8);
        guest.kernel(asm -> {
            asm.lea(RDI, Memory.relative("page"));
            asm.call(StubSymbols.INVALIDATE_PAGE);
            guest.print(Memory.relative("page"));
        });
        assertEquals(List.of("0000000000000000"), new TestMachine().run(guest.link()).serial());
    }

    private static void out(Assembler asm, String stub, int port, long value) {
        asm.mov(EDI, port);
        asm.mov(RSI, value);
        asm.call(stub);
    }

    /** Reads and prints; rubbish above the port's bits and in rax must not matter. */
    private static void in(Guest guest, String stub, int port) {
        guest.asm.mov(RDI, 0x7777_7777_0000_0000L | port);
        guest.asm.mov(RAX, -1);
        guest.asm.call(stub);
        guest.print(RAX);
    }

    private static void printInterruptFlag(Guest guest, String stub) {
        guest.asm.call(stub);
        guest.asm.and(RAX, 0x200);
        guest.print(RAX);
    }
}
