package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import dev.cortado.runtime.file.open.ReadyList;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;

/** The natives of the selector that Cortado adds to the JDK's. */
@TargetClass(className = "sun.nio.ch.ReadySelector")
final class Target_sun_nio_ch_ReadySelector {
    @Alias
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_sun_nio_ch_ReadySelector(@SuppressWarnings("unused") SelectorProvider provider) {}

    @Substitute
    static Object newList() {
        return new ReadyList();
    }

    @Substitute
    static Object watch(Object list, int number, int events, Object key) throws IOException {
        return SelectorCalls.watch((ReadyList) list, number, events, key);
    }

    @Substitute
    static void setEvents(Object registration, int events) {
        ((ReadyList.Registration) registration).setInterest(events);
    }

    @Substitute
    static void forget(Object registration) {
        ((ReadyList.Registration) registration).remove();
    }

    @Substitute
    static Object[] await(Object list, long nanos) {
        return SelectorCalls.await((ReadyList) list, nanos);
    }

    @Substitute
    static void wake(Object list) {
        ((ReadyList) list).wakeUp();
    }
}
