package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import java.security.SecureRandomParameters;

/** The pool never blocks and never runs dry. */
@TargetClass(className = "sun.security.provider.NativePRNG", innerClass = "Blocking")
final class Target_sun_security_provider_NativePRNG_Blocking {
    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_sun_security_provider_NativePRNG_Blocking(SecureRandomParameters parameters) {
        SecureRandoms.requireNone(parameters);
    }

    @Substitute
    static boolean isAvailable() {
        return true;
    }

    @Substitute
    protected void engineSetSeed(byte[] seed) {
        HardwareRandom.POOL.add(seed);
    }

    @Substitute
    protected void engineNextBytes(byte[] bytes) {
        HardwareRandom.POOL.next(bytes);
    }

    @Substitute
    protected byte[] engineGenerateSeed(int count) {
        return HardwareRandom.bytes(count);
    }
}
