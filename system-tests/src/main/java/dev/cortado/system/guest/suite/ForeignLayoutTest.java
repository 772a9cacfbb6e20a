package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Structures and arrays in memory, by handles made of their layouts; calls out are refused. */
final class ForeignLayoutTest {
    private static final MemoryLayout POINT =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_INT.withName("x"), ValueLayout.JAVA_INT.withName("y"));

    private static final VarHandle CONSTANT_Y = POINT.varHandle(PathElement.groupElement("y"));

    @Test
    void fieldsOfAStructure() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment point = arena.allocate(POINT);
            VarHandle x = POINT.varHandle(PathElement.groupElement("x"));
            x.set(point, 0L, 3);
            CONSTANT_Y.set(point, 0L, 4);
            assertEquals(3, (int) x.get(point, 0L));
            assertEquals(4, (int) CONSTANT_Y.get(point, 0L));
            assertEquals(4, point.get(ValueLayout.JAVA_INT, 4));
            assertEquals(4, POINT.byteOffset(PathElement.groupElement("y")));
        }
    }

    @Test
    void elementsOfAnArray() throws Throwable {
        MemoryLayout points = MemoryLayout.sequenceLayout(10, POINT);
        VarHandle y =
                points.varHandle(PathElement.sequenceElement(), PathElement.groupElement("y"));
        MethodHandle offset =
                points.byteOffsetHandle(
                        PathElement.sequenceElement(), PathElement.groupElement("y"));
        VarHandle ints = ValueLayout.JAVA_INT.arrayElementVarHandle();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(points);
            for (int i = 0; i < 10; i++) {
                y.set(memory, 0L, (long) i, i * i);
            }
            assertEquals(49, (int) y.get(memory, 0L, 7L));
            assertEquals(49, memory.get(ValueLayout.JAVA_INT, 7 * 8 + 4));
            assertEquals(49, (int) ints.get(memory, 0L, 15L));
            assertEquals(60L, (long) offset.invokeExact(0L, 7L));
            assertThrows(IndexOutOfBoundsException.class, () -> y.get(memory, 0L, 10L));
        }
    }

    @Test
    void everyAccessModeOfEachType() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(8, 8);
            VarHandle number = ValueLayout.JAVA_LONG.varHandle();
            number.setVolatile(memory, 0L, 5L);
            assertEquals(5L, (long) number.getAcquire(memory, 0L));
            assertTrue(number.compareAndSet(memory, 0L, 5L, 6L));
            assertEquals(6L, (long) number.getAndAdd(memory, 0L, 4L));
            assertEquals(10L, (long) number.getAndBitwiseOr(memory, 0L, 5L));
            assertEquals(15L, (long) number.getOpaque(memory, 0L));
            VarHandle swapped = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN).varHandle();
            swapped.setRelease(memory, 0L, 1);
            assertEquals(1, (int) swapped.compareAndExchange(memory, 0L, 1, 2));
            assertEquals(2, (int) swapped.getVolatile(memory, 0L));
            assertEquals(2, memory.get(ValueLayout.JAVA_BYTE, 3));
            VarHandle real = ValueLayout.JAVA_DOUBLE.varHandle();
            real.setVolatile(memory, 0L, 2.5);
            assertEquals(2.5, (double) real.getAndSet(memory, 0L, 3.5));
            VarHandle small = ValueLayout.JAVA_SHORT.varHandle();
            small.set(memory, 0L, (short) 7);
            assertEquals((short) 7, (short) small.getVolatile(memory, 0L));
        }
    }

    @Test
    void pointersToStructures() {
        AddressLayout toPoint = ValueLayout.ADDRESS.withTargetLayout(POINT);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment point = arena.allocate(POINT);
            CONSTANT_Y.set(point, 0L, 8);
            MemorySegment pointer = arena.allocateFrom(toPoint, point);
            assertEquals(8, pointer.get(toPoint, 0).get(ValueLayout.JAVA_INT, 4));
            VarHandle y =
                    toPoint.varHandle(
                            PathElement.dereferenceElement(), PathElement.groupElement("y"));
            assertEquals(8, (int) y.get(pointer, 0L));
            VarHandle address = ValueLayout.ADDRESS.varHandle();
            assertEquals(point.address(), ((MemorySegment) address.get(pointer, 0L)).address());
        }
    }

    @Test
    void callsOutOfTheImageAreRefused() throws ReflectiveOperationException {
        Guest.required();
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor function = FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG);
        String message =
                assertThrows(
                                UnsupportedOperationException.class,
                                () -> linker.downcallHandle(function))
                        .getMessage();
        assertTrue(message.contains("no native code"), message);
        MethodHandle target =
                MethodHandles.lookup()
                        .findStatic(
                                ForeignLayoutTest.class,
                                "called",
                                MethodType.methodType(void.class, long.class));
        assertThrows(
                UnsupportedOperationException.class,
                () -> linker.upcallStub(target, function, Arena.global()));
        assertTrue(linker.defaultLookup().find("printf").isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> SymbolLookup.libraryLookup("libc.so.6", Arena.global()));
    }

    static void called(long argument) {}
}
