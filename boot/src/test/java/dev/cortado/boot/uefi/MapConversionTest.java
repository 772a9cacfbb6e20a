package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.R12;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15;
import static dev.cortado.boot.x86.Register.RBP;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Register;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The code that converts a memory map, run here. */
class MapConversionTest {
    private static final List<Register> KEPT = List.of(RBX, RBP, R12, R13, R14, R15);
    private static final int SEED = 20261129;

    private static MethodHandle convert;

    /** A descriptor of the firmware's. */
    private record Descriptor(int type, long start, long pages) {}

    /** An entry for the kernel. */
    private record Entry(long address, long length, long type) {}

    @BeforeAll
    static void assemble() throws Throwable {
        UefiCode uefi = new UefiCode();
        uefi.code.function(
                "test_convert",
                () -> {
                    KEPT.forEach(uefi.code::push);
                    uefi.code.mov(R13, RDI);
                    uefi.code.mov(R14, RSI);
                    uefi.code.mov(R15, RDX);
                    uefi.code.call(MapConversion.CONVERT);
                    KEPT.reversed().forEach(uefi.code::pop);
                    uefi.code.ret();
                });
        MapConversion.append(uefi);
        convert =
                NativeCode.function(
                        uefi.link(),
                        FunctionDescriptor.ofVoid(
                                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    }

    @Test
    void memoryOfTheLoaderAndOfBootServicesIsTheKernels() throws Throwable {
        assertEquals(
                List.of(
                        new Entry(0, 0x5000, 1),
                        new Entry(0x5000, 0x1000, 2),
                        new Entry(0x6000, 0x1000, 3),
                        new Entry(0x7000, 0x1000, 4),
                        new Entry(0x8000, 0x1000, 5),
                        new Entry(0x9000, 0x4000, 2),
                        new Entry(0xD000, 0x1000, 7),
                        new Entry(0xE000, 0x2000, 2)),
                converted(
                        List.of(
                                new Descriptor(7, 0, 1),
                                new Descriptor(1, 0x1000, 1),
                                new Descriptor(2, 0x2000, 1),
                                new Descriptor(3, 0x3000, 1),
                                new Descriptor(4, 0x4000, 1),
                                new Descriptor(0, 0x5000, 1),
                                new Descriptor(9, 0x6000, 1),
                                new Descriptor(10, 0x7000, 1),
                                new Descriptor(8, 0x8000, 1),
                                new Descriptor(5, 0x9000, 1),
                                new Descriptor(6, 0xA000, 1),
                                new Descriptor(11, 0xB000, 1),
                                new Descriptor(12, 0xC000, 1),
                                new Descriptor(14, 0xD000, 1),
                                new Descriptor(15, 0xE000, 1),
                                new Descriptor(0x8000_0001, 0xF000, 1)),
                        48));
    }

    @Test
    void anEmptyMapStaysEmpty() throws Throwable {
        assertEquals(List.of(), converted(List.of(), 48));
        assertEquals(List.of(), converted(List.of(new Descriptor(7, 0x1000, 0)), 40));
    }

    @Test
    void rangesInAnyOrderAreSortedAndMerged() throws Throwable {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            List<Descriptor> map = random(random, random.nextInt(1, 200));
            List<Entry> expected = expected(map);
            Collections.shuffle(map, random);
            assertEquals(expected, converted(map, 40 + 8 * random.nextInt(4)));
        }
    }

    @Test
    void theLargestMapIsConvertedToo() throws Throwable {
        List<Descriptor> map = random(new Random(SEED), Workspace.MEMORY_MAP_SIZE / 48);
        List<Entry> expected = expected(map);
        Collections.reverse(map);
        assertEquals(expected, converted(map, 48));
    }

    private static List<Descriptor> random(Random random, int count) {
        List<Descriptor> map = new ArrayList<>();
        long address = 0;
        for (int i = 0; i < count; i++) {
            address += random.nextInt(3) == 0 ? 0x1000L * random.nextInt(1, 1 << 20) : 0;
            long pages = random.nextLong(1, 1 << 20);
            map.add(new Descriptor(random.nextInt(18), address, pages));
            address += pages << 12;
        }
        return map;
    }

    private static List<Entry> expected(List<Descriptor> map) {
        List<Entry> entries = new ArrayList<>();
        map.stream()
                .sorted(Comparator.comparingLong(Descriptor::start))
                .forEach(each -> {
                    long type =
                            switch (each.type()) {
                                case 1, 2, 3, 4, 7 -> 1;
                                case 8 -> 5;
                                case 9 -> 3;
                                case 10 -> 4;
                                case 14 -> 7;
                                default -> 2;
                            };
                    long length = each.pages() << 12;
                    Entry last = entries.isEmpty() ? null : entries.getLast();
                    if (last != null
                            && last.type() == type
                            && last.address() + last.length() == each.start()) {
                        entries.removeLast();
                        entries.add(new Entry(last.address(), last.length() + length, type));
                    } else {
                        entries.add(new Entry(each.start(), length, type));
                    }
                });
        return entries;
    }

    private static List<Entry> converted(List<Descriptor> map, int descriptorSize)
            throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment workspace = arena.allocate(Workspace.PAGES * 4096L, 4096);
            long at = Workspace.MEMORY_MAP;
            for (Descriptor descriptor : map) {
                workspace.set(ValueLayout.JAVA_INT, at, descriptor.type());
                workspace.set(ValueLayout.JAVA_INT, at + 4, 0xDEAD_BEEF);
                workspace.set(ValueLayout.JAVA_LONG, at + 8, descriptor.start());
                workspace.set(ValueLayout.JAVA_LONG, at + 16, -1);
                workspace.set(ValueLayout.JAVA_LONG, at + 24, descriptor.pages());
                at += descriptorSize;
            }
            long bytes = at - Workspace.MEMORY_MAP;
            convert.invokeExact(workspace, bytes, (long) descriptorSize);
            long list =
                    workspace.get(
                            ValueLayout.JAVA_LONG, Workspace.START_INFO + PvhStartInfo.MEMORY_MAP);
            assertEquals(workspace.address() + Workspace.MEMORY_MAP, list);
            int count =
                    workspace.get(
                            ValueLayout.JAVA_INT,
                            Workspace.START_INFO + PvhStartInfo.MEMORY_MAP_COUNT);
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long entry = Workspace.MEMORY_MAP + 24L * i;
                entries.add(
                        new Entry(
                                workspace.get(ValueLayout.JAVA_LONG, entry),
                                workspace.get(ValueLayout.JAVA_LONG, entry + 8),
                                workspace.get(ValueLayout.JAVA_LONG, entry + 16)));
            }
            return entries;
        }
    }
}
