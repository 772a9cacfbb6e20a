package dev.cortado.runtime.jdk.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The accesses of the JDK that this test runs on. */
class AccessKindTest {
    private static final String SCOPED = "Ljdk/internal/misc/ScopedMemoryAccess;";
    private static final String UNSAFE = "Ljdk/internal/misc/Unsafe;";
    private static final String VECTORS = "Ljdk/internal/vm/vector/VectorSupport;";

    private static final Map<String, Integer> SIZES =
            Map.of(
                    "Boolean", 1, "Byte", 1, "Short", 2, "Char", 2, "Int", 4, "Float", 4, "Long", 8,
                    "Double", 8);

    /** Of masks, which have fewer lanes in the segment than a vector has. */
    private static final Set<String> NOT_LOOKED_AT = Set.of("loadMasked", "storeMasked");

    private static List<InvokeInstruction> calls(String type) throws IOException {
        Path file =
                FileSystems.getFileSystem(URI.create("jrt:/"))
                        .getPath("modules/java.base", type + ".class");
        ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
        List<InvokeInstruction> calls = new ArrayList<>();
        for (MethodModel method : model.methods()) {
            method.code()
                    .ifPresent(code ->
                            code.forEach(element -> {
                                if (element instanceof InvokeInstruction call) {
                                    calls.add(call);
                                }
                            }));
        }
        return calls;
    }

    private static String type(InvokeInstruction call) {
        return "L" + call.owner().asInternalName() + ";";
    }

    private static String name(InvokeInstruction call) {
        return call.name().stringValue();
    }

    private static AccessKind kind(InvokeInstruction call) {
        return AccessKind.of(SCOPED, "a", type(call), name(call), call.type().stringValue());
    }

    @Test
    void allAccessesOfBuffersAndSegmentsAreKnown() throws IOException {
        Set<String> single = new TreeSet<>();
        Set<String> many = new TreeSet<>();
        for (InvokeInstruction call : calls("jdk/internal/misc/ScopedMemoryAccess")) {
            if (!type(call).equals(UNSAFE) || name(call).equals("getUnsafe")) {
                continue;
            }
            AccessKind kind = kind(call);
            int parameters = call.typeSymbol().parameterCount();
            if (MappedAccessPlugin.inPlaceOf(name(call), parameters) != null) {
                many.add(name(call));
                continue;
            }
            assertEquals(1, kind.address(), name(call));
            int size =
                    SIZES.entrySet().stream()
                            .filter(each -> name(call).contains(each.getKey()))
                            .findAny()
                            .orElseThrow()
                            .getValue();
            assertEquals(size, kind.bytes(), name(call));
            boolean isRead = name(call).matches("get(?!And).*");
            assertEquals(isRead, kind.isRead(), name(call));
            single.add(name(call));
        }
        assertEquals(Set.of("copyMemory", "copySwapMemory", "setMemory"), many);
        assertTrue(single.size() > 150, single.toString());
    }

    @Test
    void vectorsAreKnown() throws IOException {
        Set<String> found = new TreeSet<>();
        for (InvokeInstruction call : calls("jdk/internal/misc/ScopedMemoryAccess")) {
            if (type(call).equals(VECTORS) && !NOT_LOOKED_AT.contains(name(call))) {
                assertTrue(kind(call).isVector());
                assertEquals(name(call).equals("load"), kind(call).isRead());
                assertEquals("J", call.typeSymbol().parameterType(4).descriptorString());
                assertEquals("I", call.typeSymbol().parameterType(2).descriptorString());
                found.add(name(call));
            }
        }
        assertEquals(Set.of("load", "store"), found);
    }

    @Test
    void whatAProgramDoesItselfIsKnown() {
        String type = "Lsun/misc/Unsafe;";
        AccessKind read = AccessKind.of("La/B;", "a", type, "getLong", "(J)J");
        assertEquals(0, read.address());
        assertEquals(8, read.bytes());
        AccessKind write = AccessKind.of("La/B;", "a", type, "putByte", "(JB)V");
        assertEquals(1, write.bytes());
        assertTrue(!write.isRead());
        AccessKind swap =
                AccessKind.of("La/B;", "a", type, "compareAndSwapInt", "(Ljava/lang/Object;JII)Z");
        assertEquals(1, swap.address());
        assertEquals(4, swap.bytes());
        assertEquals(0, AccessKind.of("La/B;", "a", type, "allocateMemory", "(J)J").bytes());
        assertEquals(0, AccessKind.of("La/B;", "a", type, "reallocateMemory", "(JJ)J").bytes());
        assertEquals(0, AccessKind.of("La/B;", "a", type, "freeMemory", "(J)V").bytes());
        assertNull(AccessKind.of("La/B;", "a", UNSAFE, "getLong", "(J)J"));
        assertNotNull(AccessKind.of("Ljava/util/zip/CRC32C;", "a", UNSAFE, "getByte", "(J)B"));
        assertNotNull(MappedAccessPlugin.inPlaceOf("copyMemory", 3));
        assertNotNull(MappedAccessPlugin.inPlaceOf("setMemory", 3));
        assertNull(MappedAccessPlugin.inPlaceOf("putInt", 3));
    }

    /** A thread may stop in the loop, or at a return, so the look before the call is not enough. */
    @Test
    void whatUnsafeDoesInSeveralStepsIsLookedAtInEach() {
        String descriptor = "(Ljava/lang/Object;J)I";
        for (String method : List.of("getAndBitwiseOrInt", "getAndAddFloat", "getLongUnaligned")) {
            AccessKind read = AccessKind.of(UNSAFE, method, UNSAFE, "getIntVolatile", descriptor);
            assertTrue(read != null && read.bytes() == 4 && read.isRead(), method);
            AccessKind swap =
                    AccessKind.of(
                            UNSAFE,
                            method,
                            UNSAFE,
                            "weakCompareAndSetInt",
                            "(Ljava/lang/Object;JII)Z");
            assertTrue(swap != null && swap.bytes() == 4 && !swap.isRead(), method);
        }
        assertNull(AccessKind.of(UNSAFE, "getInt", UNSAFE, "getInt", descriptor));
    }

    @Test
    void whatAProgramDoesByReflectionIsKnown() {
        String type = "Lsun/misc/Unsafe;";
        assertEquals(8, AccessKind.of(type, "getLong", UNSAFE, "getLong", "(J)J").bytes());
        assertEquals(0, AccessKind.of(type, "pageSize", UNSAFE, "pageSize", "()I").bytes());
    }
}
