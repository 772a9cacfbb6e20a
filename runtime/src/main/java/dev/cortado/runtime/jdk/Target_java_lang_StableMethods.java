package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Member;

/**
 * The JVM that compiles leaves the address out of a hidden class's name where a member has its hash
 * code from it. In a guest there is none: the name is what the compiler has given.
 */
@TargetClass(className = "java.lang.StableMethods")
final class Target_java_lang_StableMethods {
    private Target_java_lang_StableMethods() {}

    @Substitute
    private static int ofHolder(Member member) {
        return member.getDeclaringClass().getName().hashCode();
    }
}
