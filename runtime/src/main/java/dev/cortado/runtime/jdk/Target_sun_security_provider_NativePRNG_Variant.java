package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.TargetClass;

@TargetClass(className = "sun.security.provider.NativePRNG", innerClass = "Variant")
final class Target_sun_security_provider_NativePRNG_Variant {}
