package dev.cortado.image.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNameTest {
    @ParameterizedTest
    @CsvSource({
        "java.util.HashMap$Node, java.util, HashMap$Node, JDK",
        "java.util.HashMap$Node[][], java.util, HashMap$Node[][], JDK",
        "byte[], (primitive arrays), byte[], DATA",
        "byte[] for strings, (primitive arrays), byte[] for strings, DATA",
        "Hello, (unnamed package), Hello, PROGRAM",
        "org.example.App, org.example, App, PROGRAM",
        "org.graalvm.word.Pointer, org.graalvm.word, Pointer, RUNTIME",
        "jdk.graal.compiler.core.Node, jdk.graal.compiler.core, Node, RUNTIME",
        "jdk.internal.misc.VM, jdk.internal.misc, VM, JDK",
        "com.sun.Thing, com.sun, Thing, JDK",
        "com.sunny.Thing, com.sunny, Thing, PROGRAM",
        "dev.cortado.kernel.Cpu, dev.cortado.kernel, Cpu, CORTADO",
        "dev.cortados.Cpu, dev.cortados, Cpu, PROGRAM"
    })
    void tellsPackageAndOrigin(
            String name, String packageName, String simpleName, ClassName.Origin origin) {
        assertEquals(packageName, ClassName.packageOf(name));
        assertEquals(simpleName, ClassName.simpleName(name));
        assertEquals(origin, ClassName.originOf(packageName));
    }
}
