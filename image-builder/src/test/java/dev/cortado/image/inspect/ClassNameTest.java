package dev.cortado.image.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNameTest {
    @ParameterizedTest
    @CsvSource({
        "java.util.HashMap$Node, java.util, JDK",
        "java.util.HashMap$Node[][], java.util, JDK",
        "byte[], (primitive arrays), DATA",
        "byte[] for strings, (primitive arrays), DATA",
        "Hello, (unnamed package), PROGRAM",
        "org.example.App, org.example, PROGRAM",
        "org.graalvm.word.Pointer, org.graalvm.word, RUNTIME",
        "jdk.graal.compiler.core.Node, jdk.graal.compiler.core, RUNTIME",
        "jdk.internal.misc.VM, jdk.internal.misc, JDK",
        "com.sun.Thing, com.sun, JDK",
        "com.sunny.Thing, com.sunny, PROGRAM",
        "dev.cortado.kernel.Cpu, dev.cortado.kernel, CORTADO",
        "dev.cortados.Cpu, dev.cortados, PROGRAM"
    })
    void tellsPackageAndOrigin(String name, String packageName, ClassName.Origin origin) {
        assertEquals(packageName, ClassName.packageOf(name));
        assertEquals(origin, ClassName.originOf(packageName));
    }
}
