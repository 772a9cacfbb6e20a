package dev.cortado.image.compile.patch;

import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassVisitor;

/**
 * A row of the table of patches.
 *
 * @param module which the class is in
 * @param type the class's internal name, such as {@code java/util/HashMap}
 * @param change what is done to its methods
 * @param members gets the visitor that writes the class, and gives one that adds members
 */
record Patch(String module, String type, CodeChange change, UnaryOperator<ClassVisitor> members) {
    static final String BASE = "java.base";
    static final String JVMCI = "jdk.internal.vm.ci";
    static final String BUILDER = "org.graalvm.nativeimage.builder";

    Patch(String module, String type, CodeChange change) {
        this(module, type, change, UnaryOperator.identity());
    }

    /** Whether the class is one of the JDK's; the others are in the compiler's jars. */
    boolean isOfJdk() {
        return module.equals(BASE) || module.equals(JVMCI);
    }
}
