package dev.cortado.system.guest.suite;

/** Which kind of threads waits. */
enum ThreadKind {
    PLATFORM {
        @Override
        Thread.Builder builder() {
            return Thread.ofPlatform().daemon();
        }

        /** On HotSpot a thread in a system call is runnable, so this only gives it time. */
        @Override
        void waits(TestThread thread) {
            for (int i = 0; i < 100; i++) {
                Thread.yield();
            }
        }
    },
    VIRTUAL {
        @Override
        Thread.Builder builder() {
            return Thread.ofVirtual();
        }

        @Override
        void waits(TestThread thread) {
            Deadline.until(
                    "waits",
                    () -> {
                        Thread.State state = thread.thread().getState();
                        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
                    });
        }
    };

    abstract Thread.Builder builder();

    /** Returns when the thread waits, or may be expected to. */
    abstract void waits(TestThread thread);

    final TestThread start(TestThread.Body body) {
        return TestThread.start(builder(), body);
    }
}
