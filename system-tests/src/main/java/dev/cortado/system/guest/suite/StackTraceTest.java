package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Where threads are: one's own and others'. */
final class StackTraceTest {
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void ofThisThread() {
        List<String> methods = methods(Thread.currentThread().getStackTrace());
        assertEquals("getStackTrace", methods.get(0));
        assertEquals("ofThisThread", methods.get(1));
    }

    @Test
    void ofAThreadThatWaits() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread waiter = TestThread.start(() -> waitFor(end));
        Deadline.untilState(waiter.thread(), Thread.State.TIMED_WAITING);
        List<String> methods = methods(waiter.thread().getStackTrace());
        assertTrue(methods.contains("waitFor"), methods::toString);
        assertEquals("run", methods.getLast());
        end.countDown();
        waiter.finish();
    }

    private static void waitFor(CountDownLatch latch) throws InterruptedException {
        Deadline.await(latch);
    }

    @Test
    void ofAThreadThatIsParked() throws InterruptedException {
        TestThread waiter = TestThread.start(this::parkUntilStopped);
        Deadline.untilState(waiter.thread(), Thread.State.WAITING);
        List<String> methods = methods(waiter.thread().getStackTrace());
        assertTrue(methods.contains("park"), methods::toString);
        assertTrue(methods.contains("parkUntilStopped"), methods::toString);
        stop.set(true);
        LockSupport.unpark(waiter.thread());
        waiter.finish();
    }

    private void parkUntilStopped() {
        while (!stop.get()) {
            LockSupport.park();
        }
    }

    @Test
    void ofAThreadThatComputes() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        TestThread spinner =
                TestThread.start(() -> {
                    begun.countDown();
                    spinUntilStopped();
                });
        Deadline.await(begun);
        Deadline.until(
                "the spinning method",
                () -> methods(spinner.thread().getStackTrace()).contains("spinUntilStopped"));
        stop.set(true);
        spinner.finish();
    }

    private void spinUntilStopped() {
        while (!stop.get()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void ofAThreadAtAMonitor() throws InterruptedException {
        Object lock = new Object();
        TestThread blocked;
        synchronized (lock) {
            blocked = TestThread.start(() -> enter(lock));
            Deadline.untilState(blocked.thread(), Thread.State.BLOCKED);
            List<String> methods = methods(blocked.thread().getStackTrace());
            assertTrue(methods.contains("enter"), methods::toString);
        }
        blocked.finish();
    }

    private static void enter(Object lock) {
        synchronized (lock) {
            assertTrue(Thread.holdsLock(lock));
        }
    }

    @Test
    void ofAThreadThatIsNotThereIsEmpty() throws InterruptedException {
        assertEquals(0, new Thread(() -> {}).getStackTrace().length);
        TestThread ended = TestThread.start(() -> {});
        ended.finish();
        assertEquals(0, ended.thread().getStackTrace().length);
    }

    @Test
    void ofAllThreads() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        List<TestThread> waiters = TestThread.startAll(5, () -> waitFor(end));
        for (TestThread waiter : waiters) {
            Deadline.untilState(waiter.thread(), Thread.State.TIMED_WAITING);
        }
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        for (TestThread waiter : waiters) {
            List<String> methods = methods(all.get(waiter.thread()));
            assertTrue(methods.contains("waitFor"), methods::toString);
        }
        assertTrue(methods(all.get(Thread.currentThread())).contains("ofAllThreads"));
        end.countDown();
        TestThread.finishAll(waiters);
    }

    @Test
    void ofAVirtualThread() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread waiter = TestThread.start(Thread.ofVirtual(), () -> waitFor(end));
        Deadline.untilState(waiter.thread(), Thread.State.TIMED_WAITING);
        StackTraceElement[] trace = waiter.thread().getStackTrace();
        end.countDown();
        waiter.finish();
        assertTrue(methods(trace).contains("waitFor"), () -> Arrays.toString(trace));
        assertBeginsAVirtualThread(trace[trace.length - 1]);
    }

    @Test
    void ofAnExceptionInAVirtualThread() throws InterruptedException {
        AtomicReference<Exception> exception = new AtomicReference<>();
        TestThread.start(Thread.ofVirtual(), () -> exception.set(inner())).finish();
        StackTraceElement[] trace = exception.get().getStackTrace();
        assertEquals("inner", trace[0].getMethodName());
        assertBeginsAVirtualThread(trace[trace.length - 1]);
    }

    private static void assertBeginsAVirtualThread(StackTraceElement frame) {
        assertEquals(
                "java.lang.VirtualThread.run", frame.getClassName() + "." + frame.getMethodName());
    }

    @Test
    void ofAnException() {
        StackTraceElement[] trace = outer().getStackTrace();
        assertEquals("inner", trace[0].getMethodName());
        assertEquals("outer", trace[1].getMethodName());
        assertEquals("ofAnException", trace[2].getMethodName());
        assertEquals(getClass().getName(), trace[0].getClassName());
        assertEquals("StackTraceTest.java", trace[0].getFileName());
        assertTrue(trace[1].getLineNumber() > 0);
        assertEquals(trace[1].getLineNumber() + 4, trace[0].getLineNumber());
    }

    private static Exception outer() {
        return inner(); // The distance of the lines is tested.
    }

    private static Exception inner() {
        return new Exception();
    }

    @Test
    void walked() {
        List<String> methods =
                StackWalker.getInstance()
                        .walk(frames -> frames.limit(1).map(f -> f.getMethodName()).toList());
        assertEquals(List.of("walked"), methods);
        assertEquals(StackTraceTest.class, caller());
    }

    private static Class<?> caller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    }

    private static List<String> methods(StackTraceElement[] trace) {
        return Arrays.stream(trace).map(StackTraceElement::getMethodName).toList();
    }
}
