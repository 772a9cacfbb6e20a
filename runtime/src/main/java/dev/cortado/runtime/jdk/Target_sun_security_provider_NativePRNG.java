package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Its variants differ in the files that they read on Unix: here all of them have the pool. */
@TargetClass(className = "sun.security.provider.NativePRNG")
final class Target_sun_security_provider_NativePRNG {
    @Substitute
    private static Target_sun_security_provider_NativePRNG_RandomIO initIO(
            @SuppressWarnings("unused") Target_sun_security_provider_NativePRNG_Variant variant) {
        return new Target_sun_security_provider_NativePRNG_RandomIO(null, null);
    }
}
