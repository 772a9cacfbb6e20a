package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.time.Timer;

/** A router that has offered itself (RFC 4861, 6.3.4). */
final class DefaultRouter extends Timer {
    final RouterList owner;
    final long high;
    final long low;

    DefaultRouter(RouterList owner, long high, long low) {
        this.owner = owner;
        this.high = high;
        this.low = low;
    }

    @Override
    protected void expired(long now) {
        owner.expired(this);
    }
}
