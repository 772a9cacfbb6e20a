package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;

/** What reading from a socket throws whose other side has reset the connection. */
@TargetClass(className = "sun.net.ConnectionResetException")
final class Target_sun_net_ConnectionResetException {
    @Alias
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_sun_net_ConnectionResetException(@SuppressWarnings("unused") String message) {}
}
