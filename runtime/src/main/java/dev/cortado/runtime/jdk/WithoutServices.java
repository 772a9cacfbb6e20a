package dev.cortado.runtime.jdk;

import java.util.function.Predicate;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** For classes of services that nothing on the program's class path offers. */
@Platforms(Platform.HOSTED_ONLY.class)
final class WithoutServices implements Predicate<String> {
    private final Predicate<String> isPresent = new IfPresent();

    @Override
    public boolean test(String className) {
        ClassLoader programs = Thread.currentThread().getContextClassLoader();
        return isPresent.test(className)
                && programs.getResource("META-INF/services/" + className) == null;
    }
}
