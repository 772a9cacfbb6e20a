package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.TargetClass;

/** What channels ask, by the kind of what they have open. */
@TargetClass(className = "sun.nio.ch.NativeDispatcher")
final class Target_sun_nio_ch_NativeDispatcher {}
