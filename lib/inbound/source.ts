/** Where an event came from, and when it reached us. */
export type Source = { deliveryId: string; receivedAt: Date };
