import type { RouteObject } from 'react-router';
import { RequireMember } from '@/app/guards';
import { BareLayout } from '@/app/bare-layout';
import { Layout } from '@/app/layout';
import { NotFound, RouteError } from '@/app/route-error';
import { Providers } from '@/app/providers';

export const routes: RouteObject[] = [
{ Component: Providers, children: [
{ Component: Layout, children: [
{ ErrorBoundary: RouteError, children: [
{ path: '/people/:profileId', lazy: () => import('@/features/profiles/profile-page') },
{ path: '/', lazy: () => import('@/features/clips/clips-page') },
{ path: '*', Component: NotFound },
] },
] },
{ Component: BareLayout, children: [
{ ErrorBoundary: RouteError, children: [
{ element: <RequireMember />, children: [
{ path: '/upload', lazy: () => import('@/features/clips/upload-page') },
] },
] },
] },
] },
];
