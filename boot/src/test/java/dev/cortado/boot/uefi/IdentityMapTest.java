package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The code that fills page tables in, run here. */
class IdentityMapTest {
    private static final int SEED = 20261129;
    private static final int PAGE = 4096;
    private static final long LARGE_PAGE = 2 << 20;
    private static final long LARGEST_FILE = 2L << 30;

    private static MethodHandle map;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment workspace = arena.allocate((long) Workspace.PAGES * PAGE, PAGE);

    @BeforeAll
    static void assemble() throws Throwable {
        UefiCode uefi = new UefiCode();
        uefi.code.function(
                "test_map",
                () -> {
                    uefi.code.push(R13);
                    uefi.code.push(R14);
                    uefi.code.mov(R13, RDI);
                    uefi.code.mov(RDI, RSI);
                    uefi.code.mov(RSI, RDX);
                    uefi.code.mov(R14, RCX);
                    uefi.code.call(IdentityMap.MAP);
                    uefi.code.mov(RAX, R14);
                    uefi.code.pop(R14);
                    uefi.code.pop(R13);
                    uefi.code.ret();
                });
        IdentityMap.append(uefi);
        map =
                NativeCode.function(
                        uefi.link(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG));
    }

    @Test
    void whereverTheFileIsThereAreTablesEnough() throws Throwable {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            workspace.fill((byte) 0);
            long next = workspace.address() + IdentityMap.ROOT_OF_FOUR + PAGE;
            next = (long) map.invokeExact(workspace, 0L, 1L << 32, next);
            // Also across the borders of tables.
            long border = (random.nextLong(1 << 8) + 1) << 39;
            long begin =
                    round % 2 == 0
                            ? border - random.nextLong(LARGEST_FILE)
                            : random.nextLong(1L << 46);
            begin &= -LARGE_PAGE;
            long size = round % 3 == 0 ? LARGEST_FILE : random.nextLong(1, LARGEST_FILE);
            next = (long) map.invokeExact(workspace, begin, begin + size, next);
            assertTrue(next <= workspace.address() + Workspace.MEMORY_MAP);
            for (long at = begin; at < begin + size; at += LARGE_PAGE) {
                assertEquals(at | 0x83, entry(at));
            }
            assertEquals(0x83, entry(0));
            assertEquals(0xFFE0_0083L, entry(0xFFFF_FFFFL));
        }
    }

    /** What the tables say of an address; 0 for nothing. */
    private long entry(long address) {
        long table = IdentityMap.ROOT_OF_FOUR;
        for (int shift : new int[] {39, 30, 21}) {
            long entry = workspace.get(ValueLayout.JAVA_LONG, table + (address >> shift & 511) * 8);
            if (shift == 21 || entry == 0) {
                return entry;
            }
            assertEquals(3, entry & (PAGE - 1));
            table = (entry & -PAGE) - workspace.address();
        }
        throw new AssertionError();
    }
}
