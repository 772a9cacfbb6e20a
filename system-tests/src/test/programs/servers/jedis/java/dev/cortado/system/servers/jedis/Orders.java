package dev.cortado.system.servers.jedis;

import java.util.concurrent.CountDownLatch;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;

/** Messages from one connection to another. */
final class Orders extends JedisPubSub {
    private static final int ORDERS = 5;

    private final CountDownLatch subscribed = new CountDownLatch(1);

    private Orders() {}

    static void run(RedisClient redis) throws InterruptedException {
        Orders orders = new Orders();
        Thread reader = Thread.ofPlatform().start(() -> redis.subscribe(orders, "orders"));
        orders.subscribed.await();
        for (int i = 0; i < ORDERS; i++) {
            redis.publish("orders", "order " + i);
        }
        redis.publish("orders", "last");
        reader.join();
    }

    @Override
    public void onSubscribe(String channel, int channels) {
        subscribed.countDown();
    }

    @Override
    public void onMessage(String channel, String message) {
        System.out.println(channel + ": " + message);
        if (message.equals("last")) {
            unsubscribe();
        }
    }
}
