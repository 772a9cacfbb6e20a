package dev.cortado.runtime.jdk;

import com.oracle.svm.util.ReflectionUtil;
import java.util.function.Predicate;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** For classes of modules that the compiler's JVM may be without. */
@Platforms(Platform.HOSTED_ONLY.class)
final class IfPresent implements Predicate<String> {
    @Override
    public boolean test(String className) {
        return ReflectionUtil.lookupClass(true, className) != null;
    }
}
